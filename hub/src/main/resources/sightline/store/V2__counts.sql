-- Who is where, how many went in and out, and how that was hour by hour. Runs unchanged on H2 and PostgreSQL; times are
-- in UTC. A name is the id of a zone or line, or the camera's own for the kind 'camera'.

-- The newest state of each series. Totals are of what happened at or after the reset; null: there was none.
CREATE TABLE counts (
  camera_id  VARCHAR(63) NOT NULL,
  kind       VARCHAR(6) NOT NULL,
  name       VARCHAR(63) NOT NULL,
  label      VARCHAR(100) NOT NULL,
  present    INTEGER NOT NULL,
  went_in    BIGINT NOT NULL,
  went_out   BIGINT NOT NULL,
  reset      TIMESTAMP(6) WITH TIME ZONE,
  changed    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (camera_id, kind, name, label)
);

-- Where each open detection is, or was when it was there last; gone with the end of the detection.
CREATE TABLE presences (
  detection_id  VARCHAR(36) NOT NULL,
  camera_id     VARCHAR(63) NOT NULL,
  kind          VARCHAR(6) NOT NULL,
  name          VARCHAR(63) NOT NULL,
  label         VARCHAR(100) NOT NULL,
  present       BOOLEAN NOT NULL,
  seq           VARCHAR(40) NOT NULL,
  PRIMARY KEY (detection_id, kind, name)
);

-- One row for each hour in which something happened or somebody was there.
CREATE TABLE count_hours (
  start_time  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  camera_id   VARCHAR(63) NOT NULL,
  kind        VARCHAR(6) NOT NULL,
  name        VARCHAR(63) NOT NULL,
  label       VARCHAR(100) NOT NULL,
  went_in     BIGINT NOT NULL,
  went_out    BIGINT NOT NULL,
  peak        INTEGER NOT NULL,
  occupied    DOUBLE PRECISION NOT NULL, -- seconds, summed over all who were there
  PRIMARY KEY (start_time, camera_id, kind, name, label)
);
