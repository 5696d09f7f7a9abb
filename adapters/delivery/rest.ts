/** A rest that can be ended early: because something changed, or because there is work to look for. */
export type Rest = ReturnType<typeof createRest>;

export function createRest() {
  let end = Promise.withResolvers<void>();
  let isWoken = false;
  const interrupt = (): void => {
    end.resolve();
    end = Promise.withResolvers();
  };
  return {
    /** Ends the rest, if there is one just now. */
    interrupt,
    /** Ends the rest, or the next one before it begins: there is work. */
    wake: (): void => {
      isWoken = true;
      interrupt();
    },
    /** Whether it was woken; asked again, only what came since counts. */
    wasWoken: (): boolean => {
      const was = isWoken;
      isWoken = false;
      return was;
    },
    for: async (ms: number): Promise<void> => {
      if (isWoken) return;
      const over = Promise.withResolvers<void>();
      const timer = setTimeout(over.resolve, ms);
      await Promise.race([end.promise, over.promise]);
      clearTimeout(timer);
    },
  };
}
