package io.feedhub;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.springframework.transaction.annotation.Transactional;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.feedhub", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule partsMeetInYamlAndInTheDatabase = noClasses()
            .that()
            .resideInAnyPackage(
                    "..flows..",
                    "..state..",
                    "..connectors..",
                    "..nodes..",
                    "..schedule..",
                    "..delivery..",
                    "..database..",
                    "..runs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..cli..", "..console..", "..sandbox..");

    @ArchTest
    static final ArchRule databaseKnowsNoPart = knowsOnlyItself("database");

    @ArchTest
    static final ArchRule runsKnowsNoPart = knowsOnlyItself("runs");

    @ArchTest
    static final ArchRule flowsKnowsNoOtherPart = onlyKnows("flows");

    @ArchTest
    static final ArchRule stateKnowsNoOtherPart = onlyKnows("state");

    @ArchTest
    static final ArchRule nodesKnowsNoOtherPart = onlyKnows("nodes");

    @ArchTest
    static final ArchRule scheduleKnowsOnlyNodes = onlyKnows("schedule", "nodes");

    @ArchTest
    static final ArchRule deliveryKnowsNoOtherPart = onlyKnows("delivery");

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
    static final ArchRule noCyclesWithinTheConsole =
            slices().matching("io.feedhub.console.(*)..").should().beFreeOfCycles();

    /** Slices leave out what stands above them, so a cycle by way of it needs a rule of its own. */
    @ArchTest
    static final ArchRule theConsolesWiringKnowsNoneOfItsPackages = noClasses()
            .that()
            .resideInAPackage("io.feedhub.console")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.feedhub.console.*..");

    @ArchTest
    static final ArchRule namesSaySomething =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule packagesSaySomething = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..impl..");

    /** But for what another extends, and what Spring wraps in a transaction. */
    @ArchTest
    static final ArchRule classesAreFinal = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and(describe("are extended by none and wrapped by none", ArchitectureTest::standsAlone))
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static boolean standsAlone(JavaClass type) {
        return type.getSubclasses().isEmpty()
                && !type.isEnum()
                && type.getMethods().stream().noneMatch(method -> method.isAnnotatedWith(Transactional.class));
    }

    @ArchTest
    static final ArchRule oneConnectorKnowsOnlyHttp = slices().matching("io.feedhub.connectors.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("io.feedhub.connectors.http"));

    @ArchTest
    static final ArchRule connectorsKnowNoOtherPart = classes()
            .that()
            .resideInAPackage("..connectors..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.feedhub.connectors..",
                    "io.feedhub.runs..",
                    "java..",
                    "org..",
                    "com..",
                    "io.micrometer..",
                    "io.github.resilience4j..");

    private static ArchRule knowsOnlyItself(String leaf) {
        return noClasses()
                .that()
                .resideInAPackage("io.feedhub." + leaf + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.feedhub.*..").and(not(resideInAnyPackage("io.feedhub." + leaf + ".."))));
    }

    private static ArchRule onlyKnows(String part, String... others) {
        String[] allowed = Stream.concat(Stream.of(part, "database", "runs"), Stream.of(others))
                .map(each -> "io.feedhub." + each + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.feedhub." + part + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.feedhub.*..")
                        .and(not(resideInAnyPackage(allowed)))
                        .as("are of another part"));
    }
}
