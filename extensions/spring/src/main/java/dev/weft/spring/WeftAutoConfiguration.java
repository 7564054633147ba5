package dev.weft.spring;

import dev.weft.LoopThread;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Awaits the coroutines that controllers return, on one loop. The loop is the program's bean of the
 * type {@link LoopThread}; without one, a thread named "weft" is started. Spring closes the bean
 * after the graceful shutdown of the web server, so a request that is under way is answered.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class WeftAutoConfiguration {
    /** Called by Spring. */
    public WeftAutoConfiguration() {}

    /** Starts the loop of a program that has none. */
    @Bean
    @ConditionalOnMissingBean
    public LoopThread weftLoop() {
        return LoopThread.start("weft");
    }

    /** Registers the handler of return values. */
    @Bean
    public WebMvcConfigurer weftReturnValues(LoopThread loop) {
        return new WebMvcConfigurer() {
            @Override
            public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
                handlers.add(new CoroutineReturnValueHandler(loop));
            }
        };
    }
}
