package dev.weft.cli.doctor;

import dev.weft.instrument.AsyncCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sound POM, of which a test changes a part. */
final class PomText {
    static final String PROCESSOR =
            """
            <plugin><artifactId>maven-compiler-plugin</artifactId><configuration>
              <annotationProcessorPaths><path>
                <groupId>dev.weft</groupId><artifactId>weft-javac</artifactId>
                <version>${weft.version}</version>
              </path></annotationProcessorPaths>
            </configuration></plugin>
            """;

    static final String SHADE =
            """
            <plugin><artifactId>maven-shade-plugin</artifactId><configuration><relocations>
              <relocation><pattern>dev.weft</pattern><shadedPattern>a</shadedPattern></relocation>
            </relocations></configuration></plugin>
            """;

    String release = "17";
    String more = "";
    String plugins = weft("instrument</goal><goal>instrument-test");
    String dependencies = dependency("weft-runtime", "${weft.version}", "");

    static String weft(String goals) {
        return plugin("dev.weft", "weft-maven-plugin", "${weft.version}", goals);
    }

    static String jacoco(String goals) {
        return plugin("org.jacoco", "jacoco-maven-plugin", "0.8.15", goals);
    }

    private static String plugin(String group, String artifact, String version, String goals) {
        return "<plugin><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
                        .formatted(group, artifact, version)
                + "<executions><execution><goals><goal>"
                + goals
                + "</goal></goals></execution></executions></plugin>";
    }

    static String dependency(String artifact, String version, String scope) {
        return "<dependency><groupId>dev.weft</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>"
                .formatted(artifact, version, scope);
    }

    void write(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("pom.xml"),
                """
                <project>
                  <groupId>g</groupId><artifactId>p</artifactId><version>1</version>%s
                  <properties>
                    <weft.version>%s</weft.version>
                    <maven.compiler.release>%s</maven.compiler.release>
                  </properties>
                  <dependencies>%s</dependencies>
                  <build><plugins>%s</plugins></build>
                </project>
                """
                        .formatted(more, AsyncCompiler.version(), release, dependencies, plugins));
    }
}
