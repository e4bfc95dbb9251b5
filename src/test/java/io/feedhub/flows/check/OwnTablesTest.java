package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTablesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into feedhub.seen values (1)",
                "INSERT\n INTO \"feedhub\" . seen",
                "update feedhub.run set x = 1",
                "update\"feedhub\".run set x = 1",
                "insert into /* a /* b */ c */ feedhub.seen values (1)",
                "insert into -- x \r\n feedhub.seen values (1)",
                "insert into -- */\nfeedhub.seen values (1)",
                "select '/*'; update /**/ feedhub.run set x = 1",
                "update /* a */ /* b; */ only -- c\n  feedhub.run",
                "select 1; delete from only feedhub.run",
                "delete from only ( feedhub.run )",
                "truncate table feedhub.run",
                "truncate articles, feedhub.occurrence",
                "truncate table only a, feedhub.outgoing cascade",
                "truncate \";\", feedhub.run",
                "update -- x\r feedhub.run set x = 1",
                "copy feedhub.run from stdin",
                "merge into feedhub.run using x on true",
                "drop table if exists feedhub.run",
                "create or replace view feedhub.v as select 1",
                "grant select on x, feedhub.run to public",
                "select 1; alter table x set schema y, add references feedhub.run"
            })
    void whatWritesThemIsFound(String sql) {
        assertThat(OwnTables.areWrittenBy(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from feedhub.run",
                "insert into mine select x from feedhub.run",
                "update mine set x = f.x from feedhub.run f",
                "delete from mine using feedhub.run",
                "drop table mine; select * from feedhub.run",
                "truncate mine; insert into mine select x from feedhub.run",
                "insert into feedhub_old.x values (1)",
                "update myfeedhub.x set y = 1",
                "the hub writes what a flow has"
            })
    void whatReadsThemIsNot(String sql) {
        assertThat(OwnTables.areWrittenBy(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set search_path = feedhub",
                "select 1; SET role admin",
                "do $$ begin delete from run; end $$",
                "select '--'; execute x",
                "select E'\\''; do 'x' -- '",
                "select '/*'; lock x; select '*/'",
                "/* a /* b */ c */ call x()",
                "select 1 /* ' */ ; copy x from program 'id' --'",
                "select $a$ ; $a$; listen x",
                "select 1 as \"it's\"; set search_path = feedhub; update x set a=1 --'",
                "select 1 as \"--\"; set role admin",
                "select 1 as \"/*\"; do $$x$$",
                "select 1 as a$x$; set role admin",
                "select 1 as \u00e9$$; set role admin",
                "select $\u00e9$ ' $\u00e9$; set role admin --'",
                "select E'a''\\''; set role admin --'",
                "select E'a' -- b\n '\\''; set role admin --'",
                "select 1 -- \r; set role admin",
                "select \"set_config\"('role', 'admin', false)",
                "select :#${body[$x$]}; set role admin; select $x$ $x$",
                "select :#in:${body[--]}; set role admin",
                "select :#$simple{body[/*]}; set role admin",
                "select :§${a{'}}; set role admin --'",
                "prepare x as select 1",
                "create function f() returns int language sql as 'select 1'",
                "select set_config('search_path', 'feed' || 'hub', false)",
                "select query_to_xml('delete ' || 'from x', true, true, '')",
                "select pg_terminate_backend(pid) from pg_stat_activity",
                "select pg_cancel_backend(1)",
                "select pg_advisory_lock(1)",
                "select pg_try_advisory_lock_shared(1)",
                "select pg_advisory_unlock_all()",
                "select * from ts_stat('delete ' || 'from x')",
                "select ts_rewrite('a'::tsquery, 'select ' || 'x')",
                "select feedhub.close_run(1)",
                "update U&\"\\0066eedhub\".run set x = 1",
                "select * from \"feedhub\" . \"f\" (1)"
            })
    void whatDoesMoreThanRowsIsFound(String sql) {
        assertThat(Statements.beyondRows(sql)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update t set x = 'do; call me' where y = 'it''s; set'",
                "insert into t (set_at, lock) values (1, ':'); delete from t",
                "with a as (select 1) select * from feedhub.outgoing where id in (select 1)",
                "(select 1) union (select 2);",
                "-- do it\nselect 1 /* ; set */",
                "select :#${body[a]}, :#name::timestamptz, $$; do $$",
                "create table if not exists mine ()",
                "select x as \"a; do\", \"b\"\"; do\" from t",
                "select E'\\'; do ''; do' 'x'",
                "select pg_advisory_xact_lock(1)",
                "values (1)"
            })
    void rowsAreReadAndWritten(String sql) {
        assertThat(Statements.beyondRows(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create x ",
                "update ",
                "update/* ",
                "*/ feedhub. ",
                "/* */ feedhub. ",
                "--\n feedhub. ",
                "feedhub.",
                "into feedhub. ",
                "update\n\n",
                "a ;",
                "$a$ ",
                "/* ' ",
                "E'\\\\",
                "E'' --",
                "\"",
                "$a"
            })
    void noTextTakesLong(String piece) {
        String text = piece.repeat(100_000 / piece.length());
        assertTimeout(Duration.ofSeconds(10), () -> {
            OwnTables.areWrittenBy(text);
            Statements.beyondRows(text);
        });
    }
}
