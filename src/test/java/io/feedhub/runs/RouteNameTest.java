package io.feedhub.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteNameTest {

    @Test
    void aFlowsRoutesAreItsOwnAndItsParts() {
        assertThat(RouteName.isOf("news", "news")).isTrue();
        assertThat(RouteName.isOf("news", "news.item")).isTrue();
        assertThat(RouteName.isPartOf("news", "news.item")).isTrue();
        assertThat(RouteName.isPartOf("news", "news")).isFalse();
    }

    @Test
    void anotherFlowThatBeginsTheSameIsAnother() {
        assertThat(RouteName.isOf("news", "news_digest")).isFalse();
        assertThat(RouteName.isOf("news", "news_digest.item")).isFalse();
        assertThat(RouteName.isOf("news", "news-fetch")).isFalse();
    }
}
