package dev.weft.javac.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Generates a class with an async method in the first round, and another in the second. */
@SupportedAnnotationTypes("*")
public final class GeneratingProcessor extends AbstractProcessor {

    private int round;

    /** Called by javac. */
    public GeneratingProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
        round++;
        if (round <= 2) {
            generate("Generated" + round);
        }
        return false;
    }

    private void generate(String name) {
        try (Writer out =
                processingEnv.getFiler().createSourceFile("com.acme." + name).openWriter()) {
            out.write(
                    """
                    package com.acme;
                    public class %s {
                        @dev.weft.Async
                        static dev.weft.Coroutine<Integer> get() {
                            return dev.weft.Coroutine.of(
                                    dev.weft.Weft.await(
                                            dev.weft.Weft.sleep(java.time.Duration.ZERO, %d)));
                        }
                    }
                    """
                            .formatted(name, round));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
