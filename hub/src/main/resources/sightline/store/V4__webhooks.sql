-- Webhooks, out and in. Runs unchanged on H2 and PostgreSQL; times are in UTC with microseconds.

-- Registered endpoints. What is sealed is encrypted with a key of the data folder: address, filters and secrets.
CREATE TABLE webhooks (
  id       VARCHAR(12) PRIMARY KEY,
  owner    VARCHAR(80) NOT NULL,
  created  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  sealed   BYTEA NOT NULL
);

-- The last deliveries of each endpoint, one row for each attempt.
CREATE TABLE webhook_deliveries (
  pos      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  webhook  VARCHAR(12) NOT NULL,
  event    VARCHAR(100) NOT NULL,
  type     VARCHAR(160) NOT NULL,
  attempt  INTEGER NOT NULL,
  replay   BOOLEAN NOT NULL,
  begun    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  outcome  VARCHAR(10) NOT NULL,
  status   INTEGER,
  micros   BIGINT NOT NULL,
  excerpt  VARCHAR(1100) NOT NULL
);
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook, pos);
CREATE INDEX webhook_deliveries_by_begun ON webhook_deliveries (begun);

-- What came in already, so that the same is taken once.
CREATE TABLE inbound_webhooks (
  source    VARCHAR(63) NOT NULL,
  message   VARCHAR(256) NOT NULL,
  received  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  event     VARCHAR(36) NOT NULL,
  PRIMARY KEY (source, message)
);
CREATE INDEX inbound_webhooks_by_received ON inbound_webhooks (received);
