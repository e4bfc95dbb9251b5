package io.feedhub.cli;

import java.io.PrintWriter;
import org.apache.commons.text.WordUtils;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code ./feedhub}: one command and its options. Exit codes: 0 fine, 1 findings, 2 usage, 3 hub not reached, or reached and
 * not let in.
 */
@Command(
        name = Commands.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Scheduled feeds as Camel routes in YAML.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            FlowsCommand.class,
            RunsCommand.class,
            MissedCommand.class,
            NodesCommand.class,
            DeliveriesCommand.class,
            MessageCommand.class,
            ReportCommand.class,
            QueueCommand.class,
            AskCommand.class,
            ChannelsCommand.class,
            StateCommand.class,
            ImportStateCommand.class,
            CheckCommand.class,
            HistoryCommand.class,
            DiffCommand.class,
            RollbackCommand.class,
            AuditCommand.class,
            DoctorCommand.class,
            PasswordCommand.class,
            TokenCommand.class,
            CompletionCommand.class,
            Switches.RunNow.class,
            Switches.Pause.class,
            Switches.Resume.class,
            Switches.Retry.class,
            Switches.GiveUp.class,
            Switches.ResumeChannel.class
        })
public final class Commands implements Runnable {
    static final String NAME = "feedhub";
    static final int USAGE = 2;
    static final int UNREACHED = 3;

    /** Picocli's columns need as much. */
    private static final int NARROWEST_HELP = 55;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Commands() {}

    /**
     * Runs a command to its end; for a hub that is when it is stopped.
     *
     * @param hub the application that the commands run and sandbox start
     * @return the process's exit code
     */
    public static int run(SpringApplication hub, String... arguments) {
        IExecutionExceptionHandler report = (error, command, parsed) -> {
            String reason = error.getMessage();
            command.getErr()
                    .println(command.getColorScheme()
                            .errorText(reason == null ? error.getClass().getSimpleName() : reason));
            return error instanceof HubClient.Refused ? 1 : error instanceof HubClient.Unreached ? UNREACHED : USAGE;
        };
        IParameterExceptionHandler advise = (error, unused) -> {
            CommandLine command = error.getCommandLine();
            PrintWriter err = command.getErr();
            err.println(command.getColorScheme().errorText(inPlainWords(String.valueOf(error.getMessage()))));
            UnmatchedArgumentException.printSuggestions(error, err);
            err.println("see ./" + command.getCommandSpec().qualifiedName() + " --help");
            return USAGE;
        };
        return commands(hub, arguments)
                .setExecutionExceptionHandler(report)
                .setParameterExceptionHandler(advise)
                .setUsageHelpWidth(Math.max(Terminal.forWords(), NARROWEST_HELP))
                .execute(arguments);
    }

    /** The types of a program's numbers mean nothing to who types one. */
    private static String inPlainWords(String message) {
        return message.replaceFirst("(?s) is not an? (int|long)$", " must be a number");
    }

    /** For what is begun most, and should be there soon, the other commands are not looked at. */
    private static CommandLine commands(SpringApplication hub, String... arguments) {
        return switch (arguments.length == 0 ? "" : arguments[0]) {
            case RunCommand.NAME -> only(new RunCommand(hub));
            case SandboxCommand.NAME -> only(new SandboxCommand(hub));
            default ->
                new CommandLine(new Commands())
                        .addSubcommand(new RunCommand(hub))
                        .addSubcommand(new SandboxCommand(hub))
                        .addSubcommand(new TestCommand(hub));
        };
    }

    private static CommandLine only(Object command) {
        return new CommandLine(CommandSpec.create().name(NAME)).addSubcommand(command);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "name a command; there are:" + System.lineSeparator()
                        + WordUtils.wrap(String.join(" ", spec.subcommands().keySet()), Terminal.forWords()));
    }
}
