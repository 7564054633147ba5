package dev.weft.samples.tutorial;

import dev.weft.Coroutine;
import java.io.IOException;

/** The part of the web that the link checker sees. */
interface Web {
    /** Returns the HTTP status of a page. */
    Coroutine<Integer> status(String url) throws IOException;
}
