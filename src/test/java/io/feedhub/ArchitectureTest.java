package io.feedhub;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.feedhub.runs.RouteName;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

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

    /** But for what another extends; so nothing is wrapped, and a transaction is begun where it is written. */
    @ArchTest
    static final ArchRule classesAreFinal = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and(describe("are extended by none", ArchitectureTest::standsAlone))
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static boolean standsAlone(JavaClass type) {
        return type.getSubclasses().isEmpty() && !type.isEnum();
    }

    @ArchTest
    static final ArchRule oneConnectorKnowsOnlyHttp = slices().matching("io.feedhub.connectors.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("io.feedhub.connectors.http"));

    @ArchTest
    static final ArchRule connectorsKnowNoOtherPart = onlyKnows("connectors");

    @ArchTest
    static final ArchRule consoleRunsAndConfiguresNothing = noClasses()
            .that()
            .resideInAPackage("..console..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("..cli..", "..flowtests..", "..runs..", "..connectors.http..")
                    .and(not(type(RouteName.class)))); // what a route is called is no run

    /** A command without a hub reads files; all else it asks a hub for. */
    @ArchTest
    static final ArchRule commandsAskAHub =
            onlyKnows("cli", "flows", "flowtests", "state.imports", "console.signin", "connectors.http");

    /** Their schemas are found by these names alone, so that of two with one name only one would be published. */
    @ArchTest
    static void whatTheApiSpeaksOfHasNamesOfItsOwn(JavaClasses all) {
        Set<JavaClass> spoken = new HashSet<>();
        all.stream()
                .filter(type -> type.isAnnotatedWith(RestController.class))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(RequestMapping.class))
                .forEach(method -> {
                    addAll(spoken, method.getReturnType());
                    method.getParameterTypes().forEach(type -> addAll(spoken, type));
                });
        assertThat(spoken)
                .hasSizeGreaterThan(30)
                .extracting(JavaClass::getSimpleName)
                .doesNotHaveDuplicates();
    }

    private static void addAll(Set<JavaClass> spoken, JavaType type) {
        type.getAllInvolvedRawTypes().stream()
                .filter(raw -> raw.getPackageName().startsWith("io.feedhub"))
                .filter(spoken::add)
                .flatMap(raw -> raw.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .forEach(field -> addAll(spoken, field.getType()));
    }

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
