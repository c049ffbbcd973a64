"""The tables of a library's file, their version, and how a file of an earlier version becomes one of this.

Facts come from files, judgements from people; everything below “derived” is thrown away and built again from them.
SQLite 3.40 is the oldest that is supported.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

APPLICATION = 0x706C6962  # "plib": tells a library from any other SQLite file

# Small columns stand before large ones: SQLite walks a row's overflow pages to reach what lies behind a long text.
_TABLES = """
create table meta (name text primary key, value text not null) without rowid;

-- facts
create table document (
    id integer primary key,
    sha256 text not null unique,
    indexed integer not null default 0,
    engine text not null,
    media_type text not null,
    reader text not null,
    url text,
    problems text not null,
    analysis text not null,
    links text not null default '[]',
    layout text not null,
    text text not null
);
create table file (
    path text primary key,
    document integer not null references document (id),
    size integer not null,
    mtime_ns integer not null,
    seen text not null,
    missing integer not null default 0,
    container text,
    problems text not null default '[]'
) without rowid;
create table container (
    path text primary key,
    sha256 text not null,
    size integer not null,
    mtime_ns integer not null,
    missing integer not null default 0
) without rowid;
create table unread (
    path text primary key,
    code text not null,
    message text not null,
    remedy text not null,
    place text not null,
    size integer not null,
    mtime_ns integer not null,
    mark text not null
) without rowid;
create table copy (
    sha256 text not null,
    path text not null,
    original text not null,
    size integer not null,
    primary key (sha256, path)
) without rowid;
create index file_document on file (document);
create table mention (
    number text not null,
    document integer not null references document (id) on delete cascade,
    start integer not null,
    finish integer not null,
    primary key (number, document, start)
) without rowid;
create index mention_document on mention (document);

-- judgements
create table judgement (id integer primary key, record text not null);

-- derived
create table work (
    id integer primary key,
    key text not null unique,
    role text not null,
    held integer not null,
    year integer,
    day text,
    kind text,
    record text not null
);
create table name (
    form text not null,
    kind text not null,
    work integer not null references work (id) on delete cascade,
    primary key (form, kind, work)
) without rowid;
create table issuer (name text not null, work integer not null references work (id) on delete cascade,
    primary key (name, work)) without rowid;
create table holding (
    document integer not null references document (id) on delete cascade,
    work integer not null references work (id) on delete cascade,
    primary key (document, work)
) without rowid;
create index holding_work on holding (work);
create index issuer_work on issuer (work);
create index name_work on name (work);
create table relation (id integer primary key, source text not null, target text not null, record text not null);
create index relation_source on relation (source);
create index relation_target on relation (target);
create table effect (id integer primary key, work text not null, record text not null);
create index effect_work on effect (work);
create table unresolved (id integer primary key, source text not null, record text not null);
create index unresolved_source on unresolved (source);
create table held (id integer primary key, sha256 text not null unique, record text not null);
create virtual table full_text using fts5 (tokens, content = '', tokenize = 'ascii');
"""


def _to_version_2(connection: sqlite3.Connection) -> None:
    """Links of documents; archives and mails, whose members are files."""
    connection.execute("alter table document add column links text not null default '[]'")
    connection.execute("alter table file add column container text")
    connection.execute(
        "create table container (path text primary key, sha256 text not null, size integer not null,"
        " mtime_ns integer not null, missing integer not null default 0) without rowid"
    )


def _to_version_3(connection: sqlite3.Connection) -> None:
    """Files that could not be read."""
    connection.execute(
        "create table unread (path text primary key, code text not null, message text not null, remedy text not null,"
        " place text not null, size integer not null, mtime_ns integer not null, mark text not null) without rowid"
    )


def _to_version_4(connection: sqlite3.Connection) -> None:
    """The documents as they were when they were linked. What is wrong with a name in an archive is kept with the name,
    and no more with the content, which may stand elsewhere under a good one: archives are read again for it."""
    connection.execute("create table held (id integer primary key, sha256 text not null unique, record text not null)")
    connection.execute("alter table file add column problems text not null default '[]'")
    connection.execute("update container set mtime_ns = 0")


def _to_version_5(connection: sqlite3.Connection) -> None:
    """The register of the marked copies that were written."""
    connection.execute(
        "create table copy (sha256 text not null, path text not null, original text not null, size integer not null,"
        " primary key (sha256, path)) without rowid"
    )


# Version n to version n + 1, in order: `MIGRATIONS[0]` makes a library of version 1 one of version 2.
MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _to_version_2,
    _to_version_3,
    _to_version_4,
    _to_version_5,
)
VERSION = len(MIGRATIONS) + 1


def statements() -> list[str]:
    """What makes the tables of a new library, one by one: `executescript` would commit before it begins."""
    return [one for one in _TABLES.split(";") if one.strip()]
