package io.feedhub.console.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CadenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0/2 * * * ? | every 2 minutes",
                "0 5 * * * ? | every hour at minute 5",
                "0 0 0/2 * * ? | every 2 hours",
                "0 15 6 * * ? | at 06:15",
                "0 0 8 ? * MON | at 08:00 on Monday",
                "0 30 7 ? * MON-FRI | at 07:30 Monday to Friday",
                "0 0 6 1 * ? | at 06:00 on day 1",
                "no cron | no cron"
            })
    void saysWhenAFlowRuns(String cron, String words) {
        assertThat(Cadence.words(cron)).isEqualTo(words);
    }
}
