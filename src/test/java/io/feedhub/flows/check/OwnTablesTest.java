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
                "truncate table feedhub.run",
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
                "create x ",
                "update ",
                "update/* ",
                "*/ feedhub. ",
                "/* */ feedhub. ",
                "--\n feedhub. ",
                "feedhub.",
                "into feedhub. ",
                "update\n\n",
                "a ;"
            })
    void noTextTakesLong(String piece) {
        String text = piece.repeat(100_000 / piece.length());
        assertTimeout(Duration.ofSeconds(10), () -> OwnTables.areWrittenBy(text));
    }
}
