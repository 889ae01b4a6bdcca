/** The history of the exchange's schema, kept as the hearth's is. */
export const exchangeMigrations: readonly string[] = [
  `
  -- All times are epoch milliseconds, UTC; all money is in millionths.

  -- The public key of the exchange that writes here, in however many replicas.
  create table identity (
    slot smallint primary key check (slot = 1),
    key text not null
  );

  create table provider (
    id text primary key,
    key text not null unique,
    kind text not null,
    name text not null,
    token_hash text not null unique,
    joined_at bigint not null,
    rest_until bigint not null default 0,
    revoked boolean not null default false
  );

  create table consumer (
    id text primary key,
    key_hash text not null unique,
    created_at bigint not null
  );

  create table job (
    id text primary key,
    consumer text not null references consumer,
    spec text not null,
    state text not null check (state in ('open', 'done', 'failed', 'cancelled')),
    why text,
    created_at bigint not null,
    deadline bigint not null,
    bid bigint not null check (bid > 0)
  );
  create index job_newest on job (consumer, created_at desc);
  create index job_open on job (deadline) where state = 'open';

  -- missing: how many more leases it needs now.
  create table task (
    id bigint generated always as identity primary key,
    job text not null references job,
    position integer not null,
    state text not null check (state in ('open', 'done', 'failed')),
    missing smallint not null check (missing >= 0),
    result bigint,
    unique (job, position),
    check ((state = 'done') = (result is not null))
  );
  create index task_wanted on task (job, id) where state = 'open' and missing > 0;
  create index task_open on task (job) where state = 'open';

  -- Its id is the fencing token.
  create table lease (
    id bigint generated always as identity primary key,
    task bigint not null references task,
    job text not null,
    provider text not null references provider,
    price bigint not null check (price > 0),
    made_at bigint not null,
    deadline bigint not null,
    state text not null check (state in ('open', 'accepted', 'failed')),
    failure text,
    message text,
    seconds double precision,
    digest text,
    output bytea
  );
  create index lease_task on lease (task);
  create index lease_job on lease (job) where state = 'accepted';
  create index lease_deadline on lease (deadline) where state = 'open';
  -- A task is paid for once.
  create unique index lease_accepted on lease (task) where state = 'accepted';

  -- What is folded of the postings. Money comes into being outside alone.
  create table account (
    id text primary key,
    balance bigint not null,
    check (balance >= 0 or id = 'outside')
  );

  -- A row debits one account and credits another by the same: so every posting balances.
  create table posting (
    id bigint generated always as identity primary key,
    cause text not null unique,
    at bigint not null,
    debit text not null,
    credit text not null,
    amount bigint not null check (amount > 0),
    folded boolean not null default false,
    check (debit <> credit)
  );
  create index posting_unfolded on posting (id) where not folded;
  create index posting_debit on posting (debit) where not folded;
  create index posting_credit on posting (credit) where not folded;
  `,
  `
  -- How a provider stood up to checks. vouched: the operator answers for it.
  alter table provider add column streak integer not null default 0;
  alter table provider add column wrong integer not null default 0;
  alter table provider add column vouched boolean not null default false;

  -- returned: its result is here and waits for another machine's. confirmed: it says what the accepted one says.
  -- settled: what was held back of its pay has been let go, or forfeited.
  alter table lease drop constraint lease_state_check;
  alter table lease add check (state in ('open', 'returned', 'accepted', 'confirmed', 'wrong', 'failed'));
  alter table lease add column settled boolean not null default false;
  alter table lease add column returned_at bigint;
  create index lease_held on lease (returned_at) where state in ('accepted', 'confirmed') and not settled;
  create index lease_held_provider on lease (provider) where state in ('accepted', 'confirmed') and not settled;
  drop index lease_job;
  create index lease_job on lease (job) where state in ('accepted', 'confirmed');
  `,
  `
  -- work: what its provider signed with the result, JSON; a receipt is made of it when somebody wants it.
  alter table lease add column work text;
  -- watts: what it said that its machine draws at most.
  alter table provider add column watts double precision;

  -- Made once for each verdict on a lease.
  create table receipt (
    lease bigint not null references lease,
    verdict text not null check (verdict in ('accepted', 'confirmed', 'wrong')),
    issued_at bigint not null,
    body text not null,
    primary key (lease, verdict)
  );
  `,
  `
  -- Statements are of a time: postings lie in its order, and this index costs next to nothing to keep.
  create index posting_at on posting using brin (at);
  `,
  `
  -- The exchange itself: it pays for having results done again. No key has this hash.
  insert into consumer (id, key_hash, created_at) values ('exchange', 'nobody', 0)
    on conflict (id) do update set key_hash = 'nobody';

  -- source: it is a copy of that lease's result, for others to be compared with; nobody is paid for it.
  alter table lease add column source bigint;
  create index lease_source on lease (source) where source is not null;
  -- told: what providers are told that it is, so that doing a result again looks like doing another.
  alter table job add column told text;

  -- Results that are done again, since their provider was caught with a wrong one.
  -- again: the task by which; replacement: the lease whose result stands instead.
  create table recheck (
    lease bigint primary key,
    task bigint not null,
    job text not null,
    provider text not null,
    noted_at bigint not null,
    state text not null check (state in ('waiting', 'running', 'right', 'replaced', 'failed')),
    again bigint,
    replacement bigint,
    check ((state = 'replaced') = (replacement is not null)),
    check ((state = 'waiting') = (again is null) or state = 'failed')
  );
  create index recheck_open on recheck (lease) where state in ('waiting', 'running');
  create index recheck_replaced on recheck (job) where state = 'replaced';
  create index recheck_again on recheck (again) where again is not null;
  `,
  `
  -- Who may sign in, or send keys. password: an Argon2id hash; null where there is none.
  create table person (
    id text primary key check (id not in ('operator', 'exchange')),
    roles text[] not null check (roles <@ array['consumer', 'provider', 'operator']),
    password text,
    closed boolean not null default false,
    created_at bigint not null
  );
  -- Of secrets that are told to others the SHA-256 is kept.
  create table login (
    hash text primary key,
    person text not null references person,
    created_at bigint not null,
    used_at bigint not null,
    address text not null,
    agent text not null
  );
  create index login_person on login (person);
  create table api_key (
    id bigint generated always as identity primary key,
    person text not null references person,
    name text not null,
    hash text not null unique,
    scopes text[] not null,
    created_at bigint not null,
    expires_at bigint,
    used_at bigint,
    unique (person, name)
  );
  create table passkey (
    id text primary key,
    person text not null references person,
    name text not null,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null,
    created_at bigint not null,
    used_at bigint,
    unique (person, name)
  );
  create index passkey_person on passkey (person);
  -- What a passkey has to sign, once and soon. person: who adds one; null where somebody signs in.
  create table challenge (
    hash text primary key,
    person text references person,
    expires_at bigint not null
  );
  create table invitation (
    id bigint generated always as identity primary key,
    hash text not null unique,
    roles text[] not null check (roles <@ array['consumer', 'provider', 'operator']),
    made_by text not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_by text references person
  );
  create table join_token (
    hash text primary key,
    person text not null references person,
    machines integer not null check (machines >= 0),
    expires_at bigint not null
  );
  alter table provider add column owner text references person;
  create index provider_owner on provider (owner);
  create table setting (
    name text primary key,
    content text not null
  );
  -- How many tries are left of what may be tried seldom only, s since the epoch.
  create table tries (
    subject text primary key,
    tries_left double precision not null,
    at double precision not null
  );

  -- Consumers had a key each; the operator's and the exchange's were told to nobody.
  insert into person (id, roles, created_at) select id, array['consumer'], created_at from consumer where id not in ('operator', 'exchange');
  insert into api_key (person, name, hash, scopes, created_at)
    select id, 'first', key_hash, array['network:read', 'artefacts:read', 'jobs:read', 'jobs:write', 'receipts:read', 'statements:read'], created_at
    from consumer where id not in ('operator', 'exchange');
  alter table consumer drop column key_hash;

  -- What people did, or tried. It is added to, and nothing else.
  create table audit_entry (
    id bigint generated always as identity primary key,
    at bigint not null,
    actor text not null,
    address text not null,
    action text not null,
    subject text not null,
    outcome text not null check (outcome in ('done', 'refused')),
    detail text not null
  );
  create function refuse_audit_change() returns trigger language plpgsql as $$ begin raise exception 'the audit log is added to, and nothing else'; end $$;
  create trigger audit_entry_stays before update or delete on audit_entry for each row execute function refuse_audit_change();
  create trigger audit_entry_stays_whole before truncate on audit_entry for each statement execute function refuse_audit_change();
  `,
  `
  -- Up to which lease tasks with known results were given out.
  create table canary (
    slot smallint primary key check (slot = 1),
    counted bigint not null
  );
  insert into canary (slot, counted) values (1, 0);
  `,
  `
  -- Everybody's jobs, for operators.
  create index job_newest_of_all on job (created_at desc, id);
  -- Leases lie in the order of time; who looks at a provider looks at some days, and this costs next to nothing to keep.
  create index lease_made on lease using brin (made_at);
  create index lease_wrong on lease (provider, made_at) where state = 'wrong';

  -- How long a provider was connected on a day, days since the epoch in UTC.
  create table provider_day (
    provider text not null references provider,
    day integer not null,
    seconds integer not null check (seconds >= 0),
    primary key (provider, day)
  );
  `,
  `
  -- The country that it says it is in, ISO 3166-1.
  alter table provider add column region text;
  `,
  `
  -- Those that are not folded lie in two other indices already.
  drop index posting_unfolded;
  `,
  `
  -- judged: only machines that the operator answers for do it.
  alter table job add column judged boolean not null default false;
  -- banned: revoked for wrong results, which an appeal may undo; a revocation by hand it does not.
  alter table provider add column banned boolean not null default false;

  -- Verdicts against providers that are judged once more. again: the task by which; deposit: of the provider's money.
  create table appeal (
    lease bigint primary key references lease,
    provider text not null references provider,
    noted_at bigint not null,
    state text not null check (state in ('running', 'upheld', 'rejected', 'failed')),
    again bigint not null,
    deposit bigint not null check (deposit > 0)
  );
  create index appeal_provider on appeal (provider);
  create index appeal_running on appeal (lease) where state = 'running';
  `,
  `
  -- tolerant: its results agree otherwise than to the byte, and machines of one class check each other.
  alter table job add column tolerant boolean not null generated always as (strpos(spec, '"tolerance":') > 0) stored;
  -- machine: what it says that it runs on.
  alter table provider add column machine text;
  `,
];
