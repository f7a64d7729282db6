package tv.hearth.erasure;

import java.util.Arrays;

/**
 * Turns sums into a program: drops what no output needs, loads inputs at their first use, stores
 * outputs at once, and gives registers by linear scan, a sum taking over the register of a term
 * that ends with it.
 */
final class ProgramCompiler {
  /** In place of the value of an output plane: the program does not write it. */
  static final int NONE = -1;

  private final PlaneSums sums;
  private final int[] outputs;
  private final int[] lastUse;
  private final int[] register;
  private final int[] firstOutput;
  private final int[] nextOutput;
  private int[] free = new int[64];
  private int freeCount;
  private int registers;
  private char[] code = new char[4096];
  private int length;

  private ProgramCompiler(PlaneSums sums, int[] outputs) {
    this.sums = sums;
    this.outputs = outputs;
    lastUse = filled(sums.values());
    register = filled(sums.values());
    firstOutput = filled(sums.values());
    nextOutput = filled(outputs.length);
  }

  /**
   * @param outputs the value of each output plane, none of them zero; or {@link #NONE}
   */
  static PlaneProgram compile(PlaneSums sums, int[] outputs) {
    return new ProgramCompiler(sums, outputs).compile();
  }

  private static int[] filled(int length) {
    int[] filled = new int[length];
    Arrays.fill(filled, NONE);
    return filled;
  }

  private PlaneProgram compile() {
    linkOutputs();
    findLastUses();
    for (int value = 1; value < sums.values(); value++) {
      if (sums.isInput(value)) {
        copyThrough(value);
      } else if (lastUse[value] != NONE || firstOutput[value] != NONE) {
        emitSum(value);
      }
    }
    return new PlaneProgram(Arrays.copyOf(code, length), registers);
  }

  private void linkOutputs() {
    for (int plane = 0; plane < outputs.length; plane++) {
      int value = outputs[plane];
      if (value == PlaneSums.ZERO) {
        throw new IllegalStateException("output plane " + plane + " is zero");
      }
      if (value != NONE) {
        nextOutput[plane] = firstOutput[value];
        firstOutput[value] = plane;
      }
    }
  }

  private void findLastUses() {
    for (int value = sums.values() - 1; value > sums.inputs(); value--) {
      if (lastUse[value] == NONE && firstOutput[value] == NONE) {
        continue;
      }
      for (int i = sums.termCount(value) - 1; i >= 0; i--) {
        int term = sums.term(value, i);
        lastUse[term] = lastUse[term] == NONE ? value : lastUse[term];
      }
    }
  }

  private void copyThrough(int input) {
    if (firstOutput[input] != NONE) {
      load(input);
      store(input);
      if (lastUse[input] == NONE) {
        release(input);
      }
    }
  }

  private void emitSum(int value) {
    int count = sums.termCount(value);
    int[] sources = new int[count];
    int reused = NONE;
    for (int i = 0; i < count; i++) {
      int term = sums.term(value, i);
      load(term);
      sources[i] = register[term];
      reused = reused == NONE && lastUse[term] == value ? i : reused;
    }
    if (reused == NONE) {
      register[value] = take();
      emitSteps(PlaneProgram.SET, register[value], sources, 0);
    } else {
      register[value] = sources[reused];
      sources[reused] = sources[0];
      emitSteps(PlaneProgram.ADD, register[value], sources, 1);
    }
    releaseTerms(value, count);
    finish(value);
  }

  private void releaseTerms(int value, int count) {
    for (int i = 0; i < count; i++) {
      int term = sums.term(value, i);
      if (lastUse[term] == value && register[term] != register[value]) {
        release(term);
      }
    }
  }

  private void finish(int value) {
    if (firstOutput[value] != NONE) {
      store(value);
      if (lastUse[value] == NONE) {
        release(value);
      }
    }
  }

  private void emitSteps(int firstKind, int target, int[] sources, int from) {
    int kind = firstKind;
    for (int at = from; at < sources.length; at += XorKernels.MAX_SOURCES) {
      int count = Math.min(XorKernels.MAX_SOURCES, sources.length - at);
      emit(PlaneProgram.word(kind, count), target);
      for (int i = 0; i < count; i++) {
        append(sources[at + i]);
      }
      kind = PlaneProgram.ADD;
    }
  }

  private void load(int value) {
    if (register[value] == NONE) {
      register[value] = take();
      emit(PlaneProgram.word(PlaneProgram.LOAD, 1), register[value]);
      append(value - sums.input(0));
    }
  }

  private void store(int value) {
    for (int plane = firstOutput[value]; plane != NONE; plane = nextOutput[plane]) {
      emit(PlaneProgram.word(PlaneProgram.STORE, 1), register[value]);
      append(plane);
    }
  }

  private int take() {
    return freeCount > 0 ? free[--freeCount] : registers++;
  }

  private void release(int value) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = register[value];
  }

  private void emit(char word, int target) {
    append(word);
    append(target);
  }

  private void append(int word) {
    if (length == code.length) {
      code = Arrays.copyOf(code, 2 * length);
    }
    code[length++] = (char) word;
  }
}
