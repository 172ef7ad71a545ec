-- Tiercel, schema version 1. Times are microseconds since 1970-01-01T00:00:00Z.
CREATE TABLE tasks (
  id                TEXT    NOT NULL PRIMARY KEY,
  title             TEXT    NOT NULL,
  description       TEXT,
  assigned_agent_id TEXT,
  created_at        INTEGER NOT NULL,
  assigned_at       INTEGER,
  completed_at      INTEGER,
  priority          INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  version           INTEGER NOT NULL,
  lease             INTEGER NOT NULL,
  lease_expires_at  INTEGER
) STRICT;

-- The last lease that a claim drew: the fencing token only ever grows.
CREATE TABLE tiercel_lease (last INTEGER NOT NULL) STRICT;
INSERT INTO tiercel_lease VALUES (0);

-- Every task is in the indexes of exactly one status, in both orders. A listing over several
-- statuses merges them, so no task pays for an index that only repeats the others.
CREATE INDEX tasks_pending_urgent ON tasks (priority DESC, created_at, id)
  WHERE assigned_agent_id IS NULL AND completed_at IS NULL;
CREATE INDEX tasks_pending_newest ON tasks (created_at DESC, id DESC)
  WHERE assigned_agent_id IS NULL AND completed_at IS NULL;
CREATE INDEX tasks_assigned_urgent ON tasks (priority DESC, created_at, id)
  WHERE assigned_agent_id IS NOT NULL AND completed_at IS NULL;
CREATE INDEX tasks_assigned_newest ON tasks (created_at DESC, id DESC)
  WHERE assigned_agent_id IS NOT NULL AND completed_at IS NULL;
CREATE INDEX tasks_completed_urgent ON tasks (priority DESC, created_at, id)
  WHERE completed_at IS NOT NULL;
CREATE INDEX tasks_completed_newest ON tasks (created_at DESC, id DESC)
  WHERE completed_at IS NOT NULL;

-- The same for the tasks of one agent.
CREATE INDEX tasks_agent_assigned_urgent ON tasks (assigned_agent_id, priority DESC, created_at, id)
  WHERE assigned_agent_id IS NOT NULL AND completed_at IS NULL;
CREATE INDEX tasks_agent_assigned_newest ON tasks (assigned_agent_id, created_at DESC, id DESC)
  WHERE assigned_agent_id IS NOT NULL AND completed_at IS NULL;
CREATE INDEX tasks_agent_completed_urgent ON tasks (assigned_agent_id, priority DESC, created_at, id)
  WHERE assigned_agent_id IS NOT NULL AND completed_at IS NOT NULL;
CREATE INDEX tasks_agent_completed_newest ON tasks (assigned_agent_id, created_at DESC, id DESC)
  WHERE assigned_agent_id IS NOT NULL AND completed_at IS NOT NULL;

-- Leases that run out, and what can be pruned.
CREATE INDEX tasks_lease ON tasks (lease_expires_at, id)
  WHERE lease_expires_at IS NOT NULL AND completed_at IS NULL;
CREATE INDEX tasks_completion ON tasks (completed_at, id)
  WHERE completed_at IS NOT NULL;

PRAGMA user_version = 1;
