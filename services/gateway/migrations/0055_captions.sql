-- Notices name what they are about by its caption where the stream does not say what it is called, so that both forget it at once
-- (deploy/decisions/0050-erasing.md).
-- tolerates older builds
ALTER TABLE identity.known_thing ADD COLUMN caption_id uuid;
ALTER TABLE identity.notice ADD COLUMN caption_id uuid;
