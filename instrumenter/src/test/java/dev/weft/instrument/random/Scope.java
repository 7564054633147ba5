package dev.weft.instrument.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a generated statement can name: variables, labels; and how deep it stands. */
final class Scope {
    /** The types of generated locals and expressions. */
    enum Kind {
        INT("int", "Integer"),
        LONG("long", "Long"),
        DOUBLE("double", "Double"),
        BOOLEAN("boolean", "Boolean"),
        CHAR("char", "Character"),
        STRING("String", "String"),
        OBJECT("Object", "Object"),
        INTS("int[]", "int[]");

        final String java;

        /** The type argument that stands for it. */
        final String boxed;

        Kind(String java, String boxed) {
            this.java = java;
            this.boxed = boxed;
        }
    }

    /** A local; {@code assignable} unless its loop needs it, or a lambda. */
    record Variable(Kind type, String name, boolean assignable, boolean constant) {}

    /** A statement that can be left by {@code break}, and if it is a loop by {@code continue}. */
    record Label(String name, boolean loop) {}

    final Random random;

    /** Whether a {@code try} may stand in an expression. */
    final boolean javacOnly;

    final int depth;
    final List<Variable> variables;
    final List<Label> labels;

    /** Names are unique in a program; shared by all its scopes. */
    private final int[] names;

    Scope(Random random, boolean javacOnly) {
        this(random, javacOnly, 0, new ArrayList<>(), new ArrayList<>(), new int[1]);
    }

    private Scope(
            Random random,
            boolean javacOnly,
            int depth,
            List<Variable> variables,
            List<Label> labels,
            int[] names) {
        this.random = random;
        this.javacOnly = javacOnly;
        this.depth = depth;
        this.variables = variables;
        this.labels = labels;
        this.names = names;
    }

    Scope inner() {
        return new Scope(
                random,
                javacOnly,
                depth + 1,
                new ArrayList<>(variables),
                new ArrayList<>(labels),
                names);
    }

    /** Inside of a lambda or a switch expression: nothing outside can be jumped to. */
    Scope withoutLabels() {
        Scope inner = inner();
        inner.labels.clear();
        return inner;
    }

    /** Inside of a lambda: only constants of the outside can be named. */
    Scope ofLambda() {
        Scope inner = withoutLabels();
        inner.variables.removeIf(variable -> !variable.constant);
        return inner;
    }

    String fresh(String prefix) {
        return prefix + names[0]++;
    }

    Variable declare(Kind type, boolean assignable, boolean constant) {
        Variable variable = new Variable(type, fresh("v"), assignable, constant);
        variables.add(variable);
        return variable;
    }

    List<Variable> of(Kind type) {
        return variables.stream().filter(v -> v.type == type).toList();
    }

    List<Variable> assignable() {
        return variables.stream().filter(Variable::assignable).toList();
    }

    /** True in {@code n} of 100 cases. */
    boolean chance(int n) {
        return random.nextInt(100) < n;
    }

    <E> E pick(List<E> from) {
        return from.get(random.nextInt(from.size()));
    }

    Kind anyKind() {
        return pick(List.of(Kind.values()));
    }
}
