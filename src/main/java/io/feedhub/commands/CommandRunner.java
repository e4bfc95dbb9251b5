package io.feedhub.commands;

import io.feedhub.commands.Execution.Result;
import io.feedhub.commands.Inbox.Ending;
import io.feedhub.commands.Inbox.Taken;
import io.feedhub.database.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * This machine's hands: takes its commands from the queue and runs them, a few at once. On each machine it is its own clock,
 * since a scheduled flow runs on one of them only. Its loops survive whatever goes wrong.
 */
@Component
@Profile("!flow-tests") // a test of a flow must run nothing
final class CommandRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CommandRunner.class);
    private static final Duration STOP = Duration.ofSeconds(6);
    private static final int AT_ONCE = 4;

    private final Inbox inbox;
    private final Secrets secrets;
    private final Duration rest; // between two looks at an empty queue
    private final List<Thread> threads = new ArrayList<>();
    private final Lock turn = new ReentrantLock();
    private boolean away; // of the hand whose turn it is
    private CountDownLatch stopped = new CountDownLatch(1);

    @Autowired
    CommandRunner(Inbox inbox, Secrets secrets) {
        this(inbox, secrets, Duration.ofSeconds(2));
    }

    CommandRunner(Inbox inbox, Secrets secrets, Duration rest) {
        this.inbox = inbox;
        this.secrets = secrets;
        this.rest = rest;
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        for (int i = 1; i <= AT_ONCE; i++) {
            Thread thread = new Thread(this::work, "command-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    /** Programs that run are stopped, and written down as failed for that reason. */
    @Override
    public void stop() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(STOP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    /** Before the runs in flight drain, which takes longer: until then it would begin what it must stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty();
    }

    private void work() {
        try {
            while (stopped.getCount() > 0) {
                workOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An Error as well, such as no memory for a moment: a hand that ends here would not come back. */
    private void workOnce() throws InterruptedException {
        try {
            Taken taken = next().orElse(null);
            if (taken != null && taken.command() != null) {
                run(taken, taken.command());
            }
        } catch (RuntimeException | Error e) { // what it ran was stopped; the lease of its row runs out
            log.error("a hand for commands goes on in {} s", rest.toSeconds(), e);
            Thread.sleep(rest.toMillis());
        }
    }

    /**
     * One hand watches the queue while the others that are free wait for their turn, so that idle hands ask nothing.
     *
     * @return empty when the hub stops
     */
    private Optional<Taken> next() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            Optional<Taken> taken = look();
            while (taken.isEmpty() && !stopped.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                taken = look();
            }
            return taken;
        } finally {
            turn.unlock();
        }
    }

    private Optional<Taken> look() {
        try {
            inbox.closeAbandoned();
            Optional<Taken> taken = inbox.take();
            away = false;
            return taken;
        } catch (DataAccessException | TransactionException e) {
            if (!away) { // said once, however long it lasts
                log.warn(
                        "the command queue does not answer, it is looked at every {} s: {}",
                        rest.toSeconds(),
                        Reason.of(e));
            }
            away = true;
            return Optional.empty();
        } catch (RuntimeException e) {
            log.error("the command queue could not be looked at, the next look is in {} s", rest.toSeconds(), e);
            return Optional.empty();
        }
    }

    private void run(Taken taken, NamedCommand command) throws InterruptedException {
        try {
            Execution execution = Execution.begin(command, taken.argv(), secrets);
            Progress progress = new Progress(inbox, taken);
            Result result = execution.await(running -> keep(taken, running, progress));
            close(
                    taken,
                    new Ending(
                            result.exitCode(),
                            result.reason(),
                            execution.output(),
                            execution.errors(),
                            execution.isTruncated(),
                            result.took()));
        } catch (IOException e) {
            close(taken, new Ending(null, "not started: " + e.getMessage(), "", "", false, Duration.ZERO));
        }
    }

    /** A database that is away for a moment is no reason to stop a program; a row that is another's is. */
    private static boolean keep(Taken taken, Execution running, Progress progress) {
        try {
            return progress.tell(running.output(), running.errors());
        } catch (DataAccessException | TransactionException e) {
            log.warn("command {} runs on, though the queue does not answer: {}", taken.id(), Reason.of(e));
            return true;
        } catch (RuntimeException e) {
            log.error("command {} runs on, though the queue was not told of it", taken.id(), e);
            return true;
        }
    }

    /** The end is written as soon as the database is there again, however long that takes. */
    private void close(Taken taken, Ending ending) throws InterruptedException {
        while (true) {
            try {
                inbox.close(taken, ending);
                return;
            } catch (DataAccessException | TransactionException e) {
                log.warn("the end of command {} waits for the database: {}", taken.id(), Reason.of(e));
                if (stopped.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                    return; // the lease runs out, and the row becomes unknown
                }
            } catch (RuntimeException e) {
                log.error("the end of command {} cannot be recorded", taken.id(), e);
                return; // as above
            }
        }
    }
}
