package dev.weft.javac;

import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Claims Weft's annotations, so that {@code -Xlint:processing} has no warning about them. {@link
 * WeftProcessor} cannot do so: whoever claims one of several annotations claims them all.
 */
public final class AnnotationClaim extends AbstractProcessor {

    /** Called by javac. */
    public AnnotationClaim() {}

    @Override
    @SuppressWarnings(
            "DoNotClaimAnnotations") // nobody else processes them, and this is the purpose
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return true;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("dev.weft.*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }
}
