package io.feedhub.flows.check;

import java.util.List;

/**
 * A mistake in a flow that was good.
 *
 * @param text what the good flow has
 * @param mistake what is written instead
 * @param reason what the finding says
 * @param fix what it says to write
 */
public record BadEdit(String text, String mistake, String reason, String fix) {

    /** One of each kind, for {@code heartbeat_pulse}. */
    public static final List<BadEdit> ALL = List.of(
            new BadEdit("    group: infrastructure", "   group: infrastructure", "not YAML", ""),
            new BadEdit("group: infrastructure", "group: [infrastructure", "not YAML", ""),
            new BadEdit("\n    from:", "\n    form:", "unknown word form", "did you mean from?"),
            new BadEdit(
                    "group: infrastructure",
                    "group: infrastructure\n    autoStartup: maybe",
                    "neither true nor false",
                    "true or false"),
            new BadEdit(
                    "        - removeVariable:",
                    "        - removeVarable:",
                    "removeVarable",
                    "did you mean removeVariable?"),
            new BadEdit(
                    "id: heartbeat_pulse",
                    "id: heartbeat",
                    "the id is heartbeat, the file is called heartbeat_pulse",
                    "write id: heartbeat_pulse"),
            new BadEdit(
                    "group: infrastructure",
                    "group: operations",
                    "the group is not the folder",
                    "write group: infrastructure"),
            new BadEdit(
                    "nodePrefixId: heartbeat_pulse-",
                    "nodePrefixId: pulse-",
                    "steps of different flows",
                    "write nodePrefixId: heartbeat_pulse-"),
            new BadEdit("      fails ", "      fials ", "the note has no line fails", "when, reads, writes"),
            new BadEdit("    description: ", "    description: # ", "the flow has no description", "add description:"),
            new BadEdit("    description: ", "    description: In #infra ", "ends before the #", "put it in quotes"),
            new BadEdit("uri: sql", "uri: sqll", "unknown component sqll", "did you mean sql?"),
            new BadEdit("uri: sql", "uri: exec:rm", "unknown component exec", "write one of"),
            new BadEdit(
                    "outputHeader: changed",
                    "outputHeadr: changed",
                    "sql has no option outputHeadr",
                    "did you mean outputHeader?"),
            new BadEdit(
                    "outputHeader: changed",
                    "outputHeader: changed\n                          batchAutoCommitDisabled: true",
                    "batchAutoCommitDisabled may commit half a transaction",
                    "leave it out"),
            new BadEdit(
                    "outputHeader: changed",
                    "outputHeader: changed\n                          batch: perhaps",
                    "batch cannot have this value",
                    "write true or false"),
            new BadEdit("'seen by NUMU'", "'seen by #1'", "# becomes ? in a query", "write :#name"),
            new BadEdit("chr(10)", "detail #>> '{a}'", "# becomes ? in a query", "placeholder: \"§\""),
            new BadEdit("values (:#name,", "values (::#name,", "# becomes ? in a query", "write :#name"),
            new BadEdit("values (:#name,", "values (:§name,", ":§ is no parameter", "write :#name"),
            new BadEdit("values (:#name,", "values (:# name,", "# becomes ? in a query", "write :#name"),
            new BadEdit(
                    "outputHeader: changed",
                    "outputHeader: changed\n                          placeholder: \"e\"",
                    "placeholder cannot be e",
                    "write placeholder: \"§\""),
            new BadEdit(
                    "kamelet:numu-action/",
                    "kamelet:nuum-action/",
                    "unknown connector nuum-action",
                    "did you mean numu-action?"),
            new BadEdit(
                    "needs: services", "neds: services", "numu-action has no parameter neds", "did you mean needs?"),
            new BadEdit("path: /sentinel, ", "", "numu-action wants the parameter path", "add path:"),
            new BadEdit("path: /sentinel", "path: '/sentinel?of={\"a\":{}}'", "}} ends a placeholder", "write } }"),
            new BadEdit("needs: services", "method: FETCH", "method cannot be FETCH", "GET"),
            new BadEdit(
                    "numu-action/heartbeat_pulse-sentinel",
                    "numu-action",
                    "no name of this flow",
                    "heartbeat_pulse-<step>"),
            new BadEdit("channel: infra,", "channel: infre,", "unknown channel infre", "did you mean infra?"),
            new BadEdit(
                    "kamelet:numu-action/heartbeat_pulse-sentinel\n                  parameters: { ",
                    "kamelet:http-action/heartbeat_pulse-sentinel\n                  parameters: { service: promethus, ",
                    "unknown service promethus",
                    "did you mean prometheus?"),
            new BadEdit(
                    "ref: one-transaction",
                    "ref: one-transactoin",
                    "unknown bean one-transactoin",
                    "did you mean one-transaction?"),
            new BadEdit(
                    "cron: \"0 0/2 * * * ?\"",
                    "cron: \"*/2 * * * *\"",
                    "this cron has 5 fields",
                    "write \"0 */2 * * * ?\""),
            new BadEdit(
                    "cron: \"0 0/2 * * * ?\"",
                    "cron: \"0 0/2 * * 13 ?\"",
                    "not a cron expression",
                    "second minute hour"),
            new BadEdit(
                    "cron: \"0 0/2 * * * ?\"",
                    "cron: \"0 0 0 31 2 ?\"",
                    "this day never comes",
                    "for the last of a month"),
            new BadEdit(
                    "cron: \"0 0/2 * * * ?\"",
                    "cron: \"0 0/2 * * * ?\"\n        trigger.timeZone: Europe/Berlni",
                    "unknown time zone Europe/Berlni",
                    "did you mean Europe/Berlin?"),
            new BadEdit(
                    "cron: \"0 0/2 * * * ?\"",
                    "cron: \"0 0/2 * * * ?\"\n        trigger.timeZone: \"+02:00\"",
                    "unknown time zone +02:00",
                    "by its city, such as Europe/Berlin"),
            new BadEdit(
                    "cron: \"0 0/2 * * * ?\"",
                    "cron: \"0 0/2 * * * ?\"\n        trigger.timeZone: UTC+2",
                    "unknown time zone UTC+2",
                    "by its city, such as Europe/Berlin"),
            new BadEdit(
                    "group: infrastructure",
                    "group: infrastructure\n    routeProperty: [ { key: silence, value: 200000000d } ]",
                    "silence cannot be 200000000d",
                    "at most 9999d"),
            new BadEdit(
                    "group: infrastructure",
                    "group: infrastructure\n    routeProperty: [ { key: timeLimit, value: 0s } ]",
                    "timeLimit cannot be 0s",
                    "a duration above zero, such as 90s"),
            new BadEdit(
                    "quartz:infrastructure/heartbeat_pulse",
                    "quartz:infrastructure/pulse",
                    "begins with its schedule or its name",
                    "quartz:infrastructure/heartbeat_pulse"),
            new BadEdit("${body[services]}", "${body[services]", "simple:", ""),
            new BadEdit("${body[services]}", "${bdoy[services]}", "simple:", ""),
            new BadEdit(".misses\") // 0) + 1", ".misses\") // 0 + 1", "jq:", ""),
            new BadEdit("${body[services]}", "${exchangePropertyAs(a, String)}", "is not for flows", ""),
            new BadEdit(".misses\") // 0) + 1", ".misses\") // 0) + ({id, env} | length)", "environment", "env: .env"),
            new BadEdit("${body[services]}", "${sysenv.PATH}", "${sysenv…} reaches out", "use the body"),
            new BadEdit(
                    "${body[services]}", "${body.getClass.forName('x')}", "may not reach for classes", "use the body"),
            new BadEdit(
                    "path: /sentinel",
                    "path: \"/sentinel?t={{feedhub.services.numu.token}}\"",
                    "could be a secret",
                    "a connector that knows it"),
            new BadEdit(
                    "        - removeVariable: { name: \"state:heartbeat_pulse.misses\" }",
                    "        - toD: { uri: \"${header.x}\" }",
                    "the step toD is not for flows",
                    "did you mean to?"),
            new BadEdit(
                    "        - removeVariable: { name: \"state:heartbeat_pulse.misses\" }",
                    "        - script: { groovy: \"1\" }",
                    "the language groovy is not for flows",
                    "write simple"),
            new BadEdit(
                    "name: \"state:heartbeat_pulse.misses\"",
                    "name: \"global:misses\"",
                    "no such place for variables",
                    "state:heartbeat_pulse.<name>"),
            new BadEdit(
                    "removeVariable: { name: \"state:heartbeat_pulse.misses\" }",
                    "setVariables: { variables: [ { name: \"state:heartbeat_pulse.misses\", constant: 0 } ] }",
                    "setVariables writes no state:heartbeat_pulse.misses",
                    "setVariable: { name: \"state:heartbeat_pulse.misses\""),
            new BadEdit(
                    "uri: sql",
                    "uri: sql\n                                  variableReceive: \"state:heartbeat_pulse.misses\"",
                    "variableReceive writes no state:heartbeat_pulse.misses",
                    "setVariable: { name: \"state:heartbeat_pulse.misses\""),
            new BadEdit(
                    "        - removeVariable: { name: \"state:heartbeat_pulse.misses\" }",
                    "        - unmarshal: { json: { unmarshalType: java.io.File } }",
                    "the option of a format unmarshalType is not for flows",
                    "prettyPrint"),
            new BadEdit("java.io.IOException", "java.io.IOExeption", "unknown exception", "java.io.IOException"),
            new BadEdit(
                    "group: infrastructure",
                    "group: infrastructure\n    startupOrder: 5000",
                    "the word startupOrder is not for flows",
                    "leave it out"),
            new BadEdit(
                    "group: infrastructure",
                    "group: infrastructure\n    routeProperty: [ { key: catchUp, value: never } ]",
                    "catchUp cannot be never",
                    "skip, once, all"),
            new BadEdit(
                    "- route:\n", "- rest: {}\n- route:\n", "rest does not belong in this folder", "write - route:"));

    /** The flow with this mistake in it, once. */
    public String in(String good) {
        int at = good.indexOf(text);
        if (at < 0) {
            throw new AssertionError("the good flow has no " + text);
        }
        return good.substring(0, at) + mistake + good.substring(at + text.length());
    }

    @Override
    public String toString() {
        return mistake.strip().lines().reduce((first, last) -> last).orElse("nothing") + " → " + reason;
    }
}
