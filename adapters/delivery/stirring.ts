/** A rest that ends early when something stirs; `wake` says also that there is work to look for. */
export type Stirring = ReturnType<typeof createStirring>;

export function createStirring() {
  let next = Promise.withResolvers<void>();
  let awake = false;
  const stir = (): void => {
    next.resolve();
    next = Promise.withResolvers();
  };
  return {
    stir,
    wake: (): void => {
      awake = true;
      stir();
    },
    /** Whether somebody woke it; asked again, only what came since counts. */
    wasWoken: (): boolean => {
      const was = awake;
      awake = false;
      return was;
    },
    rest: async (ms: number): Promise<void> => {
      if (awake) return;
      const over = Promise.withResolvers<void>();
      const timer = setTimeout(over.resolve, ms);
      await Promise.race([next.promise, over.promise]);
      clearTimeout(timer);
    },
  };
}
