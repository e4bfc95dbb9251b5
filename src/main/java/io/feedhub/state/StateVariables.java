package io.feedhub.state;

import io.feedhub.database.Json;
import io.feedhub.database.Storable;
import io.feedhub.runs.RunMark;
import org.apache.camel.spi.VariableRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The variables {@code state:<flow>.<name>}: what a flow remembers between runs, as JSON, in the transaction around the
 * step. Camel finds the repository by the bean's name. Values are numbers, texts, maps and lists. What a variable held
 * before is kept for a while. Thread-safe.
 */
@Component("state-variable-repository")
final class StateVariables extends ServiceSupport implements VariableRepository {
    private final VariableTable table;
    private final Json json;

    StateVariables(VariableTable table, Json json) {
        this.table = table;
        this.json = json;
    }

    @Override
    public String getId() {
        return "state";
    }

    @Override
    public @Nullable Object getVariable(String variable) {
        Name name = Name.of(variable);
        return table.value(name.flow, name.name).map(this::value).orElse(null);
    }

    @Override
    public void setVariable(String variable, @Nullable Object value) {
        if (value == null) {
            removeVariable(variable);
            return;
        }
        Name name = Name.of(variable);
        RunMark writer = writer(variable);
        table.write(name.flow, name.name, write(variable, value), writer.run(), "flow");
    }

    @Override
    public @Nullable Object removeVariable(String variable) {
        Name name = Name.of(variable);
        writer(variable);
        return table.remove(name.flow, name.name).map(this::value).orElse(null);
    }

    private Object value(String column) {
        return json.read(column, Object.class);
    }

    private String write(String variable, Object value) {
        try {
            return Storable.json(json.write(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "state:" + variable + " must be a number, text, map or list, not "
                            + value.getClass().getName(),
                    e);
        }
    }

    private static RunMark writer(String variable) {
        RunMark writer = RunTransaction.writer();
        if (writer == null) {
            throw new IllegalStateException(
                    "state:" + variable + " is written with setVariable or removeVariable, by no other step");
        }
        return writer;
    }

    private record Name(String flow, String name) {
        static Name of(String variable) {
            int dot = variable.indexOf('.');
            if (dot < 1 || dot == variable.length() - 1) {
                throw new IllegalArgumentException("write state:<flow>.<name> instead of state:" + variable);
            }
            return new Name(variable.substring(0, dot), variable.substring(dot + 1));
        }
    }
}
