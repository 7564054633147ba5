package dev.weft.netty;

class IoUringTcpTest extends TcpRules {
    IoUringTcpTest() {
        super(Transports.IO_URING);
    }
}
