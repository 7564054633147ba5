package dev.weft.spring;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.LoopThread;
import dev.weft.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A program with Spring Boot whose controller awaits. */
@SpringBootApplication
@RestController
public class SampleApplication {
    /** Outcomes of slow requests. */
    static final ConcurrentLinkedQueue<String> LOG = new ConcurrentLinkedQueue<>();

    private final LoopThread loop;

    SampleApplication(LoopThread loop) {
        this.loop = loop;
    }

    record Price(String item, int cents) {}

    @Async
    @GetMapping("/prices/{item}")
    Coroutine<Price> price(@PathVariable("item") String item) {
        int cents = await(cents(item));
        return Coroutine.of(new Price(item, cents));
    }

    @Async
    private Coroutine<Integer> cents(String item) {
        await(sleep(ofMillis(5)));
        if (item.equals("unknown")) {
            throw new IllegalArgumentException("no price of " + item);
        }
        return Coroutine.of(item.length() * 100);
    }

    @Async
    @GetMapping("/all")
    Coroutine<List<Price>> all() {
        Task<Price> tea = Task.create(price("tea"));
        Task<Price> cake = Task.create(price("cake"));
        return Coroutine.of(List.of(await(tea), await(cake)));
    }

    @Async
    @GetMapping("/created")
    Coroutine<ResponseEntity<String>> created() {
        await(sleep(ofMillis(1)));
        return Coroutine.of(ResponseEntity.status(HttpStatus.CREATED).body("made"));
    }

    @GetMapping("/ready")
    Coroutine<String> ready() {
        return Coroutine.of("at once");
    }

    @GetMapping("/nothing")
    Coroutine<Void> nothing() {
        return Coroutine.done();
    }

    @GetMapping("/null")
    Coroutine<String> returnsNull() {
        return null;
    }

    @GetMapping("/future")
    CompletableFuture<Price> future() {
        return loop.submit(() -> price("tea"));
    }

    @Async
    @GetMapping("/slow")
    Coroutine<String> slow() {
        LOG.add("begun");
        System.out.println("slow request begun");
        try {
            await(sleep(ofSeconds(2)));
        } finally {
            LOG.add("ended");
        }
        return Coroutine.of("answered");
    }

    @ExceptionHandler(IllegalArgumentException.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String notFound(IllegalArgumentException failure) {
        return failure.getMessage();
    }

    public static void main(String[] args) {
        SpringApplication.run(SampleApplication.class, args);
    }
}
