/**
 * The schema's history, oldest first; the database's version is how many of them it has seen.
 * What was released is never changed: append. Limited to what PostgreSQL 15 knows.
 *
 * Times are epoch milliseconds; hours, and periods of means, count from the epoch.
 */
export const migrations: readonly string[] = [
  `
  create table source (
    id smallint generated always as identity primary key,
    series text not null,
    provenance text not null,
    unique (series, provenance)
  );

  create table tick (
    id bigint generated always as identity primary key,
    at bigint not null,
    sources smallint[] not null,
    times bigint[] not null,
    readings double precision[] not null
  );
  create index tick_at on tick (at);

  create table chunk (
    hour integer not null,
    source smallint not null references source,
    steps integer[] not null,
    readings double precision[] not null,
    primary key (hour, source)
  );

  create table mean (
    step integer not null,
    period integer not null,
    source smallint not null references source,
    slots smallint[] not null,
    means real[] not null,
    covered real[] not null,
    primary key (step, period, source)
  );

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
  create index event_at on event (at, id);

  create table decision (
    id bigint generated always as identity primary key,
    at bigint not null,
    heater text not null,
    setpoint_watts double precision not null,
    workload text not null,
    reason text not null
  );
  create index decision_at on decision (at, id);
  `,
];
