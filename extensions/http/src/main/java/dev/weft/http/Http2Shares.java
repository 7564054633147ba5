package dev.weft.http;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.StreamByteDistributor;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Equal shares of a connection for its streams, each of which sees what is written of it. */
final class Http2Shares implements StreamByteDistributor {
    private final StreamByteDistributor shares;
    private final Function<Http2Stream, @Nullable Http2Carrier> carriers;

    Http2Shares(
            Http2Connection connection, Function<Http2Stream, @Nullable Http2Carrier> carriers) {
        this.shares = new UniformStreamByteDistributor(connection);
        this.carriers = carriers;
    }

    @Override
    public void updateStreamableBytes(StreamState state) {
        shares.updateStreamableBytes(state);
    }

    @Override
    public void updateDependencyTree(int child, int parent, short weight, boolean isExclusive) {
        shares.updateDependencyTree(child, parent, weight, isExclusive);
    }

    @Override
    public boolean distribute(int most, Writer writer) throws Http2Exception {
        return shares.distribute(
                most,
                (stream, bytes) -> {
                    Http2Carrier carrier = carriers.apply(stream);
                    if (carrier != null) {
                        carrier.written(bytes);
                    }
                    writer.write(stream, bytes);
                });
    }
}
