package io.feedhub.console.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

class FrameTest {

    @Test
    void whatLeadsToOlderRowsForgetsWhereThisPageBegan() {
        assertThat(first("before=900")).isEqualTo("/audit");
        assertThat(first("who=token+ci&before=900&subject=a%26b%20%C3%BC%zz"))
                .isEqualTo("/audit?who=token+ci&subject=a%26b%20%C3%BC%zz");
        assertThat(first(null)).isEqualTo("/audit");
    }

    private static String first(@Nullable String query) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/audit");
        request.setQueryString(query);
        return new Frame(Clock.systemUTC(), new MockEnvironment())
                .around(request, () -> "ada")
                .first();
    }
}
