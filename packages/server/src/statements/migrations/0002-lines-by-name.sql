-- Whether an earning is on a statement is asked by its name.
create index lines_by_name on statements.lines (line);
