package dev.weft.spec.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The public API of each module is what its file {@code api.txt} lists. After an intended change,
 * {@code -Dweft.api.write} writes the files anew.
 */
class PublicApiTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "runtime",
                "instrumenter",
                "extensions/junit",
                "extensions/net",
                "extensions/netty",
                "extensions/http"
            })
    void thePublicApiIsTheListedOne(String module) throws Exception {
        Path file = Path.of("..", module, "api.txt");
        List<String> lines = api(Path.of("..", module, "target/classes"));
        if (System.getProperty("weft.api.write") != null) {
            Files.write(file, lines);
        }

        assertThat(lines).isEqualTo(Files.readAllLines(file));
    }

    private static List<String> api(Path classes) throws Exception {
        ModuleDescriptor descriptor =
                ModuleFinder.of(classes).findAll().iterator().next().descriptor();
        Set<String> exported =
                descriptor.exports().stream()
                        .filter(export -> !export.isQualified())
                        .map(ModuleDescriptor.Exports::source)
                        .collect(Collectors.toCollection(TreeSet::new));
        List<String> lines = new ArrayList<>();
        lines.add("module " + descriptor.name());
        for (String room : exported) {
            for (Class<?> type : types(classes, room)) {
                lines.add("");
                lines.addAll(lines(type));
            }
        }
        return lines;
    }

    private static List<Class<?>> types(Path classes, String room) throws Exception {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes.resolve(room.replace('.', '/')))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.equals("package-info.class")) {
                    Class<?> type = load(room + "." + name.replace(".class", ""));
                    if (isPublic(type)) {
                        types.add(type);
                    }
                }
            }
        }
        return types;
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, Coroutine.class.getClassLoader());
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private static List<String> lines(Class<?> type) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(head(type));
        Stream.of(
                        Arrays.stream(type.getDeclaredFields()).map(PublicApiTest::line),
                        Arrays.stream(type.getDeclaredConstructors()).map(PublicApiTest::line),
                        Arrays.stream(type.getDeclaredMethods()).map(PublicApiTest::line))
                .flatMap(members -> members.filter(line -> !line.isEmpty()).sorted())
                .forEach(line -> lines.add("    " + line));
        return lines;
    }

    private static String head(Class<?> type) {
        StringBuilder head = new StringBuilder(modifiers(type.getModifiers()));
        head.append(type.isSealed() ? "sealed " : "");
        head.append(
                type.isAnnotation()
                        ? "@interface "
                        : type.isInterface()
                                ? "interface "
                                : type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ");
        head.append(type.toGenericString().replaceFirst(".* (?=\\S*" + simple(type) + ")", ""));
        List<String> supertypes = new ArrayList<>();
        for (Class<?> c = type.getSuperclass(); c != null; c = c.getSuperclass()) {
            if (Modifier.isPublic(c.getModifiers()) && !c.getName().contains(".internal.")) {
                supertypes.add(c.getName());
                break;
            }
        }
        Arrays.stream(type.getGenericInterfaces()).map(Type::getTypeName).forEach(supertypes::add);
        supertypes.removeAll(List.of("java.lang.Object", "java.lang.Record", type.getName()));
        return head + (supertypes.isEmpty() ? "" : " : " + String.join(", ", supertypes));
    }

    private static String simple(Class<?> type) {
        return type.getName().substring(type.getName().lastIndexOf('.') + 1).replace("$", "\\$");
    }

    private static String modifiers(int modifiers) {
        return Modifier.isFinal(modifiers)
                ? "final "
                : Modifier.isAbstract(modifiers) && !Modifier.isInterface(modifiers)
                        ? "abstract "
                        : "";
    }

    private static String line(Field field) {
        return Modifier.isPublic(field.getModifiers()) && !field.isSynthetic()
                ? statics(field.getModifiers())
                        + field.getGenericType().getTypeName()
                        + " "
                        + field.getName()
                : "";
    }

    private static String line(Constructor<?> constructor) {
        return Modifier.isPublic(constructor.getModifiers()) ? "new" + parameters(constructor) : "";
    }

    private static String line(Method method) {
        return Modifier.isPublic(method.getModifiers())
                        && !method.isSynthetic()
                        && !method.isBridge()
                ? statics(method.getModifiers())
                        + method.getGenericReturnType().getTypeName()
                        + " "
                        + method.getName()
                        + parameters(method)
                : "";
    }

    private static String statics(int modifiers) {
        return Modifier.isStatic(modifiers) ? "static " : "";
    }

    private static String parameters(Executable executable) {
        String parameters =
                Arrays.stream(executable.getGenericParameterTypes())
                        .map(Type::getTypeName)
                        .collect(Collectors.joining(", ", "(", ")"));
        String thrown =
                Arrays.stream(executable.getGenericExceptionTypes())
                        .map(Type::getTypeName)
                        .collect(Collectors.joining(", "));
        return parameters + (thrown.isEmpty() ? "" : " throws " + thrown);
    }
}
