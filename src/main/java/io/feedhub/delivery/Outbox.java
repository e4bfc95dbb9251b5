package io.feedhub.delivery;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where messages wait for the end of their transaction: all of one transaction go to the ledger in one statement before
 * it commits, and the senders wake after it. Outside a transaction a message goes to the ledger at once. Thread-safe: a
 * transaction is of one thread.
 */
@Component
final class Outbox {
    private final Channels channels;
    private final Ledger ledger;
    private final Courier courier;

    Outbox(Channels channels, Ledger ledger, Courier courier) {
        this.channels = channels;
        this.ledger = ledger;
        this.courier = courier;
    }

    /** @throws IllegalArgumentException when a message's channel is not configured */
    void put(List<Outgoing> messages) {
        messages.forEach(message -> requireChannel(message.channel()));
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            ofThisTransaction().messages.addAll(messages);
        } else {
            ledger.write(messages);
            courier.wake();
        }
    }

    private void requireChannel(String channel) {
        if (!channels.channels().containsKey(channel)) {
            throw new IllegalArgumentException("there is no channel " + channel + "; feedhub.discord.channels has "
                    + String.join(", ", channels.channels().keySet()));
        }
    }

    private Collected ofThisTransaction() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Collected.class::isInstance)
                .map(Collected.class::cast)
                .findFirst()
                .orElseGet(() -> {
                    Collected collected = new Collected();
                    TransactionSynchronizationManager.registerSynchronization(collected);
                    return collected;
                });
    }

    /** The messages of one transaction. What is rolled back to a savepoint takes its messages along. */
    private final class Collected implements TransactionSynchronization {
        private final List<Outgoing> messages = new ArrayList<>();
        private final List<Savepoint> savepoints = new ArrayList<>();

        @Override
        public void savepoint(Object savepoint) {
            savepoints.add(new Savepoint(savepoint, messages.size()));
        }

        @Override
        public void savepointRollback(Object savepoint) {
            savepoints.stream()
                    .filter(known -> known.mark().equals(savepoint))
                    .findFirst()
                    .ifPresentOrElse(known -> cut(known.messages()), messages::clear);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            ledger.write(messages);
        }

        @Override
        public void afterCommit() {
            courier.wake();
        }

        private void cut(int size) {
            messages.subList(size, messages.size()).clear();
        }
    }

    private record Savepoint(Object mark, int messages) {}
}
