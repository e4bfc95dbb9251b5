package io.feedhub.state;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** What flows remember, as a person sees and mends it. Its operations on seen keys are in JMX too. Thread-safe. */
@Component
@ManagedResource(objectName = "io.feedhub:type=Seen", description = "The keys that flows have dealt with")
public final class Memories {
    /** In days: nothing was seen before, and PostgreSQL knows no dates of millions of years ago. */
    private static final int A_CENTURY = 36_500;

    private final JdbcClient database;
    private final VariableTable variables;

    Memories(JdbcClient database, VariableTable variables) {
        this.database = database;
        this.variables = variables;
    }

    /** All that a flow remembers. */
    public Memory of(String flow) {
        List<Memory.Waiting> batches = database.sql(
                        """
                select repository, key, coalesce((content #>> '{properties,CamelAggregatedSize}')::int, 0) as items
                from feedhub.batch where content #>> '{properties,feedhub.flow}' = ? order by 1, 2""")
                .param(flow)
                .query(Memory.Waiting.class)
                .list();
        return new Memory(variables.of(flow), count(flow), batches);
    }

    /** What a variable holds and held, newest first; at most 100 versions. */
    public List<Variable> versions(String flow, String name) {
        return variables.versions(flow, name);
    }

    /**
     * Writes an earlier value of a variable again, as a new version; any that is kept, however many came after it.
     *
     * @return false when there is no such version
     */
    public boolean restore(String flow, String name, long version) {
        Optional<Variable> earlier = variables.version(flow, name, version);
        earlier.ifPresent(held -> variables.write(flow, name, held.value(), null, "operator"));
        return earlier.isPresent();
    }

    /** How many keys a flow has dealt with. */
    @ManagedOperation(description = "How many keys a flow has dealt with")
    public long count(String flow) {
        return database.sql("select count(*) from feedhub.seen where flow = ?")
                .param(flow)
                .query(Long.class)
                .single();
    }

    /**
     * Forgets one key: its item is dealt with again when it comes again.
     *
     * @return false when it was not known
     */
    @ManagedOperation(description = "Forget one key: its item is dealt with again when it comes again")
    public boolean forget(String flow, String key) {
        return database.sql("delete from feedhub.seen where flow = ? and key = ?")
                        .params(flow, key)
                        .update()
                == 1;
    }

    /**
     * Forgets the keys that a flow saw longer ago than this.
     *
     * @param days not below 0, which would be all that it ever saw
     * @return how many
     */
    @ManagedOperation(description = "Forget the keys that a flow saw more than so many days ago")
    public int forgetOlderThan(String flow, int days) {
        if (days < 0) {
            throw new IllegalArgumentException("days must not be below 0");
        }
        return database.sql("delete from feedhub.seen where flow = ? and seen_at < now() - make_interval(days => ?)")
                .params(flow, Math.min(days, A_CENTURY))
                .update();
    }
}
