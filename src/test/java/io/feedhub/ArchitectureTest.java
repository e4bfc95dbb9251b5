package io.feedhub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.feedhub", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule partsMeetInYamlAndInTheDatabase = noClasses()
            .that()
            .resideInAnyPackage("..flows..", "..state..", "..connectors..", "..nodes..", "..schedule..", "..delivery..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..cli..", "..console..", "..sandbox..");

    @ArchTest
    static final ArchRule flowsKnowsNoOtherPart = onlyKnows("flows");

    @ArchTest
    static final ArchRule stateKnowsNoOtherPart = onlyKnows("state");

    @ArchTest
    static final ArchRule nodesKnowsNoOtherPart = onlyKnows("nodes");

    @ArchTest
    static final ArchRule scheduleKnowsOnlyNodes = onlyKnows("schedule", "nodes");

    @ArchTest
    static final ArchRule deliveryKnowsOnlyNodes = onlyKnows("delivery", "nodes");

    @ArchTest
    static final ArchRule commandsKnowOnlyNodes = onlyKnows("commands", "nodes");

    @ArchTest
    static final ArchRule meshKnowsNoOtherPart = onlyKnows("mesh");

    @ArchTest
    static final ArchRule flowTestsKnowOnlyFlows = onlyKnows("flowtests", "flows");

    @ArchTest
    static final ArchRule nobodyKnowsTheSandbox = noClasses()
            .that()
            .resideOutsideOfPackage("..sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..sandbox..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.feedhub.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSaySomething =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule connectorsKnowOnlyConnectors = classes()
            .that()
            .resideInAPackage("..connectors..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.feedhub.connectors..",
                    "java..",
                    "org..",
                    "com..",
                    "io.micrometer..",
                    "io.github.resilience4j..");

    private static ArchRule onlyKnows(String part, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "io.feedhub." + part + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = "io.feedhub." + others[i] + "..";
        }
        return noClasses()
                .that()
                .resideInAPackage("io.feedhub." + part + "..")
                .should()
                .dependOnClassesThat(
                        com.tngtech.archunit.base.DescribedPredicate
                                .<com.tngtech.archunit.core.domain.JavaClass>describe(
                                        "are of another part",
                                        type -> type.getPackageName().startsWith("io.feedhub."))
                                .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                                                allowed))));
    }
}
