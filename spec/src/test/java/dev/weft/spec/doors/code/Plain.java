package dev.weft.spec.doors.code;

/** A class without async code, which stays as javac wrote it. */
enum Plain {
    ONE,
    TWO;

    Plain other() {
        return this == ONE ? TWO : ONE;
    }
}
