package dev.weft.spec.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The elements of a stream, and the failure that follows them.
 *
 * @param failure the message; null for the end
 */
record Model(List<Integer> elements, String failure) {
    static Model of(List<Integer> elements) {
        return new Model(elements, null);
    }

    static void failIf(boolean fails, String failure) {
        if (fails) {
            throw new IllegalArgumentException(failure);
        }
    }

    /** A step of an operator: adds to the result, and returns whether there is more to read. */
    private interface Step {
        boolean take(int element, List<Integer> result);
    }

    /** Runs a step for each element; a failure ends the result. */
    private Model each(Step step) {
        List<Integer> result = new ArrayList<>();
        try {
            for (int element : elements) {
                if (!step.take(element, result)) {
                    return of(result);
                }
            }
        } catch (IllegalArgumentException failed) {
            return new Model(result, failed.getMessage());
        }
        return new Model(result, failure);
    }

    Model limit(int n) {
        return n <= elements.size() ? of(elements.subList(0, n)) : this;
    }

    Model skip(int n) {
        return new Model(elements.subList(Math.min(n, elements.size()), elements.size()), failure);
    }

    Model takeWhile(int limit, int bad) {
        return each((x, result) -> RandomPipeline.isLess(x, limit, bad) && result.add(x));
    }

    Model dropWhile(int limit, int bad) {
        boolean[] drops = {true};
        return each(
                (x, result) -> {
                    drops[0] = drops[0] && RandomPipeline.isLess(x, limit, bad);
                    return drops[0] || result.add(x);
                });
    }

    Model filter(int limit, int bad) {
        return each((x, result) -> !RandomPipeline.isLess(x, limit, bad) || result.add(x));
    }

    Model map(int n, int bad) {
        return each((x, result) -> result.add(RandomPipeline.plus(x, n, bad)));
    }

    Model scan(int bad) {
        int[] sum = {0};
        return each(
                (x, result) -> {
                    sum[0] = RandomPipeline.plus(x, sum[0], bad);
                    return result.add(sum[0]);
                });
    }

    Model distinct() {
        Integer[] last = {null};
        return each(
                (x, result) -> {
                    boolean isNew = last[0] == null || last[0] != x;
                    last[0] = x;
                    return !isNew || result.add(x);
                });
    }

    Model windows(int size) {
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < elements.size(); i += size) {
            int end = Math.min(i + size, elements.size());
            if (end == i + size || failure == null) {
                result.add(RandomPipeline.sum(elements.subList(i, end)));
            }
        }
        return new Model(result, failure);
    }

    Model flatMap(Function<Integer, Model> f) {
        List<Model> parts = new ArrayList<>(elements.stream().map(f).toList());
        parts.add(new Model(List.of(), failure));
        return concat(parts);
    }

    static Model concat(List<Model> parts) {
        List<Integer> result = new ArrayList<>();
        for (Model part : parts) {
            result.addAll(part.elements);
            if (part.failure != null) {
                return new Model(result, part.failure);
            }
        }
        return of(result);
    }
}
