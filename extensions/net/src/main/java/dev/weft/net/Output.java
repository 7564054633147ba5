package dev.weft.net;

import dev.weft.Task;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A write or the end of the output: a stream has one at a time. */
abstract class Output extends Waiting<Void> {
    final ByteStream stream;

    Output(ByteStream stream) {
        this.stream = stream;
    }

    @Override
    final void enter(Task<?> task) throws IOException {
        stream.use(task);
        Waiting<?> writer = stream.writer;
        if (writer != null) {
            throw writer.busy(task, "write", "writes to this stream");
        }
    }

    @Override
    String description() {
        return "write to " + text(stream.remote());
    }

    @Override
    final Budget budget() {
        return stream.budget();
    }

    @Override
    final void occupy() {
        stream.writer = this;
    }

    @Override
    final void arm() {
        stream.watchOutput(true);
    }

    @Override
    final void disarm() {
        stream.watchOutput(false);
    }

    @Override
    final void leave() {
        stream.writer = null;
    }

    /** The end of the output. */
    static final class Close extends Output {
        Close(ByteStream stream) {
            super(stream);
        }

        @Override
        @Nullable Object attempt(Task<?> task) throws IOException {
            if (stream.isOutputClosed()) {
                stream.checkOpen();
                return null;
            }
            stream.checkOutput();
            if (!stream.tryCloseOutput()) {
                return PENDING;
            }
            stream.outputClosed();
            return null;
        }
    }
}
