package dev.weft.http;

class IoUringTransportTest extends TransportRules {
    IoUringTransportTest() {
        super(Transports.IO_URING);
    }
}
