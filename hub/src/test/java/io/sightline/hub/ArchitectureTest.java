package io.sightline.hub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.TreeMap;

/** The house rules; each message says where the code belongs. */
@AnalyzeClasses(packages = "io.sightline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule engineKnowsNoServer = noClasses()
            .that()
            .resideInAPackage("io.sightline.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "org.springframework..", "io.sightline.camera..")
            .because("the engine is pictures in, objects out: a step belongs to processors/, wiring to hub/");

    @ArchTest
    static final ArchRule adaptersKnowTheirDeviceOnly = noClasses()
            .that()
            .resideInAPackage("io.sightline.camera..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "io.sightline.processors..",
                    "io.sightline.hub..",
                    "io.sightline.engine.detect..",
                    "io.sightline.engine.track..",
                    "io.sightline.engine.scene..")
            .because("an adapter knows its device, camel-support and the engine's video package:"
                    + " decisions belong to processors/, beans to hub/");

    @ArchTest
    static final ArchRule stepsKnowNoContainer = noClasses()
            .that()
            .resideInAPackage("io.sightline.processors..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "io.sightline.hub..",
                    "org.bytedeco..",
                    "ai.onnxruntime..",
                    "jakarta.jms..")
            .because(
                    "a step is a plain class that a route names: drivers belong to adapters/, beans and brokers to hub/");

    @ArchTest
    static final ArchRule onlyTheEngineTouchesPixels = noClasses()
            .that()
            .resideOutsideOfPackage("io.sightline.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..", "ai.onnxruntime..")
            .because("native memory never leaves the class that allocated it, and those are in detection-engine/");

    @ArchTest
    static final ArchRule noDrawerForEverything = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..impl..", "..core..")
            .because("a package is named for its subject");

    @ArchTest
    static final ArchRule noJavaDeserialisation = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .because("nothing from outside is ever deserialised by Java");

    @ArchTest
    static final ArchRule smallPackages = classes()
            .should(offerAtMost(15))
            .because("a package is one subject: give the second subject a package of its own");

    private static ArchCondition<JavaClass> offerAtMost(int most) {
        return new ArchCondition<>("live in packages of at most " + most + " public types") {
            private final Map<String, Integer> types = new TreeMap<>();

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC)) {
                    types.merge(type.getPackageName(), 1, Integer::sum);
                }
            }

            @Override
            public void finish(ConditionEvents events) {
                types.forEach((name, count) -> {
                    if (count > most) {
                        events.add(SimpleConditionEvent.violated(
                                name, "package " + name + " offers " + count + " public types, at most " + most));
                    }
                });
            }
        };
    }
}
