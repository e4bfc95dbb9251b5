package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.NoSuchBeanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

class SpotTest {
    private static final String NAME = "beans/one.yaml";

    private final Checker checker = new Checker(new Vocabulary(Set.of(), Map.of(), Set.of(), Set.of(), Set::of, null));

    @ParameterizedTest
    @ValueSource(strings = {"- a: 1\n- b: x@", "- a: 1\r\n- b: x@", "- a: 1\r- b: x@", "- é: 1\n- 📡📡: x@"})
    void itIsWhereTheReaderOfYamlIs(String yaml) throws Refused {
        FlowFile file = new FlowFile(NAME, yaml);
        ScalarNode value = FlowTree.of(file).scalars().get(1);
        Spot spot = Spot.of(yaml, yaml.indexOf("x@"));
        assertThat(FlowTree.at(file, value.getStartMark(), "", ""))
                .extracting(Finding::line, Finding::column)
                .containsExactly(spot.line(), spot.column());
    }

    @Test
    void anEmojiBeforeTheSpotIsOneCharacterWhoeverLooks() throws Refused {
        FlowFile unreadable = new FlowFile(NAME, "- a: 1\n- 📡: \uFFFD");
        assertThat(checker.check(unreadable))
                .extracting(Finding::line, Finding::column)
                .containsExactly(tuple(2, 6));
        FlowFile file = new FlowFile(NAME, "- a: 1\n- 📡: x@");
        assertThat(ErrorLocator.find(file, new NoSuchBeanException("x@")))
                .extracting(Finding::line, Finding::column)
                .containsExactly(2, 6);
        FlowTree tree = FlowTree.of(file);
        assertThat(tree.finding(tree.scalars().get(1), Pattern.compile("@"), "", ""))
                .extracting(Finding::line, Finding::column)
                .containsExactly(2, 7);
    }
}
