package dev.weft.javac;

import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The annotation processor that javac finds on its processor path. Nothing is processed: the
 * processor adds a listener to the compilation, which compiles each class that javac has written.
 */
public final class WeftProcessor extends AbstractProcessor {

    private @Nullable RootTypes rootTypes;

    /** Called by javac. */
    public WeftProcessor() {}

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        try {
            Settings settings = Settings.parse(environment.getOptions());
            if (!settings.skip()) {
                rootTypes = Listening.start(environment, settings);
            }
        } catch (IllegalArgumentException refused) {
            environment.getMessager().printMessage(Kind.ERROR, refused.getMessage());
        } catch (LinkageError noJavac) {
            environment.getMessager().printMessage(Kind.ERROR, OtherCompilers.message(noJavac));
        }
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        RootTypes types = rootTypes;
        if (types != null) {
            for (Element root : round.getRootElements()) {
                if (root instanceof TypeElement type) {
                    types.add(type.getQualifiedName().toString());
                }
            }
        }
        return false;
    }

    /** Every class may have async lambdas, which need no annotation. */
    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("*");
    }

    /** Contains unknown options of Weft too, which are refused already. */
    @Override
    public Set<String> getSupportedOptions() {
        Set<String> options = new HashSet<>(Settings.NAMES);
        options.addAll(Settings.ofWeft(processingEnv.getOptions()));
        return options;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }
}
