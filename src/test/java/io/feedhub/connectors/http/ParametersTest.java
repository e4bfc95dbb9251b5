package io.feedhub.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParametersTest extends CamelTestSupport {
    private Exchange exchange;

    @BeforeEach
    void begin() {
        exchange = new DefaultExchange(context);
    }

    @Test
    void aValueInAQueryAddsNoPair() {
        exchange.getMessage().setBody("a&key=1 #?");
        assertThat(with("q=${body}&sort=a b").query("x")).isEqualTo("q=a%26key%3D1%20%23%3F&sort=a%20b");
        assertThat(with("q=${body}&n=1").pairs("x")).isEqualTo(Map.of("q", "a&key=1 #?", "n", "1"));
    }

    /** A service reads a plus as a space. */
    @Test
    void aPlusOfTheAuthorArrivesAsOne() {
        exchange.getMessage().setBody("2+2");
        assertThat(with("q=1+1&v=${body}&p=a%2Bb").query("x")).isEqualTo("q=1%2B1&v=2%2B2&p=a%252Bb");
        assertThat(with("q=1+1&v=${body}").pairs("x")).isEqualTo(Map.of("q", "1+1", "v", "2+2"));
    }

    @Test
    void aValueInJsonAddsNoMember() {
        exchange.getMessage().setBody("x\", \"admin\": true, \"y\": \"\n");
        assertThat(with("{\"title\": \"${body}\", \"n\": 1}").json("x"))
                .isEqualTo("{\"title\":\"x\\\", \\\"admin\\\": true, \\\"y\\\": \\\"\\n\",\"n\":1}");
        assertThatThrownBy(() -> with("{\"title\": ${body}}").json("x")).hasMessageStartingWith("x is not JSON");
    }

    @Test
    void valuesOfEveryKindAreJson() {
        exchange.getMessage().setBody(Map.of("n", 5, "list", List.of("a", "b"), "yes", true));
        assertThat(with("[${body[n]}, ${body[list]}, ${body[yes]}]").json("x")).isEqualTo("[5,[\"a\",\"b\"],true]");
        assertThat(with(" ${body[list]} ").json("x")).isEqualTo("[\"a\",\"b\"]");
        assertThat(with("").json("x")).isEmpty();
    }

    @Test
    void anExpressionOfAnExpressionIsOne() {
        exchange.getMessage().setBody("v");
        assertThat(with("/a/${header.${body}}/b").path("x")).isEqualTo("/a//b");
        assertThatThrownBy(() -> with("${body").text("x")).hasMessageContaining("without its }");
    }

    @Test
    void whatIsTakenIsNotLeftForTheNextStep() {
        assertThat(with("1").number("x")).isEqualTo(1);
        assertThat(new Parameters(exchange).raw("x")).isEmpty();
        assertThatThrownBy(() -> with("one").number("x")).hasMessage("x is no number: one");
    }

    private Parameters with(String written) {
        exchange.setVariable("with.x", written);
        return new Parameters(exchange);
    }
}
