/** A queue that gives the cheapest first: a binary heap. */

export interface Queue<Item> {
  add(item: Item, cost: number): void;
  /** Undefined when it is empty. */
  next(): Item | undefined;
}

export function createQueue<Item>(): Queue<Item> {
  const heap: { readonly item: Item; readonly cost: number }[] = [];
  const costAt = (place: number): number => heap[place]?.cost ?? Number.POSITIVE_INFINITY;
  const exchange = (a: number, b: number): void => {
    const [first, second] = [heap[a], heap[b]];
    if (first !== undefined && second !== undefined) {
      heap[a] = second;
      heap[b] = first;
    }
  };
  return {
    add(item, cost) {
      heap.push({ item, cost });
      for (let place = heap.length - 1; place > 0; ) {
        const above = (place - 1) >> 1;
        if (costAt(above) <= cost) break;
        exchange(place, above);
        place = above;
      }
    },
    next() {
      exchange(0, heap.length - 1);
      const taken = heap.pop();
      for (let place = 0; ; ) {
        const left = 2 * place + 1;
        const least = costAt(left + 1) < costAt(left) ? left + 1 : left;
        if (costAt(least) >= costAt(place)) break;
        exchange(place, least);
        place = least;
      }
      return taken?.item;
    },
  };
}
