package dev.tacet.sidecar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The map of the house, held against the code. */
final class ArchitectureTest {
    private static final String[] LIBRARY = {"dev.tacet.redactor.."};
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tacet.redactor", "dev.tacet.sidecar");

    @Test
    void everyPackageIsOnTheMap() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName()).collect(Collectors.toSet()))
                .contains("dev.tacet.redactor.match", "dev.tacet.sidecar.volume")
                .isSubsetOf(
                        "dev.tacet.redactor",
                        "dev.tacet.redactor.match",
                        "dev.tacet.redactor.rules",
                        "dev.tacet.redactor.volume",
                        "dev.tacet.redactor.stream",
                        "dev.tacet.redactor.logback",
                        "dev.tacet.redactor.metrics",
                        "dev.tacet.sidecar",
                        "dev.tacet.sidecar.cli",
                        "dev.tacet.sidecar.config",
                        "dev.tacet.sidecar.source",
                        "dev.tacet.sidecar.rotation",
                        "dev.tacet.sidecar.state",
                        "dev.tacet.sidecar.health",
                        "dev.tacet.sidecar.render",
                        "dev.tacet.sidecar.volume",
                        "dev.tacet.sidecar.notify");
    }

    @Test
    void packagesMakeNoCircle() {
        slices().matching("dev.tacet.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theLibraryStandsAlone() {
        classes()
                .that()
                .resideInAnyPackage(LIBRARY)
                .and()
                .resideOutsideOfPackages("dev.tacet.redactor.logback..", "dev.tacet.redactor.metrics..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.tacet.redactor..", "java..", "com.google.re2j..", "org.jspecify..")
                .check(CLASSES);
        classes()
                .that()
                .resideInAPackage("dev.tacet.redactor.logback..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tacet.redactor..", "java..", "ch.qos.logback..", "org.slf4j..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void metricsAreTheOneUseOfMicrometer() {
        classes()
                .that()
                .resideInAPackage("dev.tacet.redactor.metrics..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tacet.redactor",
                        "dev.tacet.redactor.metrics",
                        "java..",
                        "io.micrometer..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void matchingKnowsNothingOfTheFrontDoor() {
        noClasses()
                .that()
                .resideInAPackage("dev.tacet.redactor.match..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tacet.redactor",
                        "dev.tacet.redactor.rules",
                        "dev.tacet.redactor.volume",
                        "dev.tacet.redactor.logback")
                .check(CLASSES);
    }

    @Test
    void onlySourcesTalkToVaults() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tacet.sidecar.source..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.jopenlibs..", "com.exceptionfactory..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tacet.sidecar.source..", "dev.tacet.sidecar.notify..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
    }

    @Test
    void decisionsAreMadeWithoutClocksThreadsOrFiles() {
        noClasses()
                .that()
                .resideInAPackage("dev.tacet.sidecar.rotation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio..", "java.io..", "java.util.concurrent..", "java.net..")
                .check(CLASSES);
    }
}
