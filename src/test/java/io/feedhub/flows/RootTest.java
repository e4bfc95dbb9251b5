package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootTest {
    @ParameterizedTest
    @ValueSource(strings = {"routes/../x.yaml", "routes//x.yaml", "routes/a/../../x.yaml"})
    void noFileIsOutsideItsFolder(String name) {
        for (String folder : new String[] {"routes", ".", "/srv/routes"}) {
            Root root = new Root("routes/", Path.of(folder));
            assertThatThrownBy(() -> root.path(name)).isInstanceOf(IllegalArgumentException.class);
            assertThat(root.path("routes/a/x.yaml")).isEqualTo(Path.of(folder, "a/x.yaml"));
        }
    }
}
