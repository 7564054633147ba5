package dev.weft.instrument.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The scope of a generated statement: variables, labels, and the depth. */
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

        /** Returns the type argument for this type. */
        final String boxed;

        Kind(String java, String boxed) {
            this.java = java;
            this.boxed = boxed;
        }
    }

    /**
     * The method around.
     *
     * @param isStatic whether calls of instance methods need a receiver
     * @param result the result type of the coroutine, or the type of the generator's elements
     */
    record Surroundings(boolean isStatic, boolean isGenerator, Kind result, boolean mayReturnNull) {
        Surroundings ofLambda() {
            return new Surroundings(isStatic, false, result, mayReturnNull);
        }
    }

    /** A local; {@code assignable} unless its loop needs it, or a lambda. */
    record Variable(Kind type, String name, boolean assignable, boolean constant) {}

    /** A statement that can be left by {@code break}, and if it is a loop by {@code continue}. */
    record Label(String name, boolean loop) {}

    final Random random;
    final Surroundings method;

    /** Returns whether a {@code try} may be in an expression. */
    final boolean javacOnly;

    final int depth;
    final List<Variable> variables;
    final List<Label> labels;

    /** Variables that hold coroutines. */
    final List<String> coroutines;

    /** Returns whether a {@code try} statement is around. */
    final boolean inTry;

    /** Names are unique in a program; shared by all its scopes. */
    private final int[] names;

    Scope(Random random, boolean javacOnly, Surroundings method) {
        this.random = random;
        this.method = method;
        this.javacOnly = javacOnly;
        this.depth = 0;
        this.variables = new ArrayList<>();
        this.labels = new ArrayList<>();
        this.coroutines = new ArrayList<>();
        this.inTry = false;
        this.names = new int[1];
    }

    private Scope(Scope outer, Surroundings method, boolean inTry) {
        this.random = outer.random;
        this.method = method;
        this.javacOnly = outer.javacOnly;
        this.depth = outer.depth + 1;
        this.variables = new ArrayList<>(outer.variables);
        this.labels = new ArrayList<>(outer.labels);
        this.coroutines = new ArrayList<>(outer.coroutines);
        this.inTry = inTry;
        this.names = outer.names;
    }

    Scope inner() {
        return new Scope(this, method, inTry);
    }

    /** Inside of a {@code try} statement, its handlers included. */
    Scope innerOfTry() {
        return new Scope(this, method, true);
    }

    /** Inside of a lambda: only constants of the outside can be named, and nothing jumped to. */
    Scope ofLambda() {
        Scope inner = new Scope(this, method.ofLambda(), inTry);
        inner.labels.clear();
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
