/**
 * The schema's history, oldest first; the database's version is how many of them it has seen.
 * What was released is never changed: append. Limited to what PostgreSQL 15 knows.
 */
export const migrations: readonly string[] = [
  `
  -- All times are epoch milliseconds, UTC.

  -- A series with one provenance.
  create table source (
    id integer generated always as identity primary key,
    series text not null,
    provenance text not null,
    unique (series, provenance)
  );

  -- Rounds of the loop whose readings are not yet folded into chunks: parallel arrays, an element a reading.
  create table tick (
    id bigint generated always as identity primary key,
    at bigint not null,
    sources integer[] not null,
    times bigint[] not null,
    readings double precision[] not null
  );
  create index tick_at on tick (at);

  -- Readings of a source in an hour (counted from the epoch). steps: milliseconds since the reading before,
  -- the first since the hour began. count: how many.
  create table chunk (
    hour integer not null,
    source integer not null references source,
    count integer not null,
    steps integer[] not null,
    readings double precision[] not null,
    primary key (hour, source)
  );

  -- Means over intervals of step seconds, those of one period in a row.
  -- slots: which intervals of the period. covered: seconds of the interval that readings cover.
  create table mean (
    step integer not null,
    period integer not null,
    source integer not null references source,
    slots smallint[] not null,
    means real[] not null,
    covered real[] not null,
    primary key (step, period, source)
  );

  -- From when on a resolution is complete; what is older was dropped.
  create table horizon (
    resolution text primary key,
    since bigint not null
  );
  insert into horizon values ('raw', 0), ('5min', 0);

  create table controller_state (
    slot smallint primary key check (slot = 1),
    at bigint not null,
    state text not null
  );

  create table event (
    id bigint generated always as identity primary key,
    at bigint not null,
    level text not null,
    code text not null,
    subject text not null,
    message text not null
  );
  -- A tick that is recorded again, because its first answer was lost, changes nothing.
  create unique index event_once on event (at, left(code, 100), left(subject, 100), left(message, 300));

  create table decision (
    id bigint generated always as identity primary key,
    at bigint not null,
    heater text not null,
    setpoint_watts double precision not null,
    workload text not null,
    reason text not null
  );
  create unique index decision_once on decision (at, heater, setpoint_watts, workload, left(reason, 300));
  `,
  `
  -- What some part of the program remembers under a name of its own, as JSON.
  create table memo (
    name text primary key,
    content text not null
  );
  `,
];
