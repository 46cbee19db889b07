-- What a release run gathers is found by the run.
create index suspense_released on distribution.suspense (released_by, origin_line_id) where released_by is not null;
