package dev.weft.instrument.emit;

import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** What one method has become: itself, the body beside it, and the class of its frames. */
public record CompiledBody(MethodNode stub, MethodNode body, ClassNode frameClass) {}
