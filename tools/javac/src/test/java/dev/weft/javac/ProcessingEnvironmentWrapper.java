package dev.weft.javac;

import java.util.Locale;
import java.util.Map;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** An environment that asks another, and has a filer of its own. */
interface ProcessingEnvironmentWrapper extends ProcessingEnvironment {

    ProcessingEnvironment delegate();

    @Override
    default Map<String, String> getOptions() {
        return delegate().getOptions();
    }

    @Override
    default Messager getMessager() {
        return delegate().getMessager();
    }

    @Override
    default Elements getElementUtils() {
        return delegate().getElementUtils();
    }

    @Override
    default Types getTypeUtils() {
        return delegate().getTypeUtils();
    }

    @Override
    default SourceVersion getSourceVersion() {
        return delegate().getSourceVersion();
    }

    @Override
    default Locale getLocale() {
        return delegate().getLocale();
    }
}
