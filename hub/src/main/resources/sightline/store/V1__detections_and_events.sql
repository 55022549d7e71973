-- Runs unchanged on H2 and PostgreSQL. Times are in UTC with microseconds.

-- Every event in the order of storing, for readers that resume.
CREATE TABLE events (
  pos       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id        VARCHAR(36) NOT NULL UNIQUE,
  source    VARCHAR(200) NOT NULL,
  seq       VARCHAR(40) NOT NULL,
  type      VARCHAR(160) NOT NULL,
  subject   VARCHAR(63) NOT NULL,
  occurred  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  stored    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  body      BYTEA NOT NULL
);
CREATE INDEX events_by_stored ON events (stored);

-- The newest state of each detection.
CREATE TABLE detections (
  id          VARCHAR(36) PRIMARY KEY,
  camera_id   VARCHAR(63) NOT NULL,
  label       VARCHAR(100) NOT NULL,
  confidence  DOUBLE PRECISION NOT NULL,
  started     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  ended       TIMESTAMP(6) WITH TIME ZONE,
  updated     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  snapshot    VARCHAR(64),
  seq         VARCHAR(40) NOT NULL,
  data        BYTEA NOT NULL
);
CREATE INDEX detections_by_time ON detections (started, id);
CREATE INDEX detections_by_camera ON detections (camera_id, started, id);
CREATE INDEX detections_open ON detections (ended, seq);
CREATE INDEX detections_by_updated ON detections (updated);
