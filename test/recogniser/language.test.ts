/** A page is read in Chinese as well only where that is likely to help, and the better reading wins. */
import { describe, expect, it } from 'vitest';
import { betterReadings, doubtful, needsChinese } from '../../shared/facts/recogniser/language.ts';
import type { LineImage, RecognisedLine } from '../../shared/facts/recogniser/line-image.ts';

const reading = (text: string, confidence: number): RecognisedLine => ({ text, words: [], confidence });
const line = (width: number, height: number): LineImage => ({
  ink: new Uint8Array(width * height),
  width,
  height,
});

describe('needsChinese', () => {
  const sentences = Array.from({ length: 20 }, () => line(120, 14));
  const sure = sentences.map(() => reading('Settings', 0.97));

  it('is not moved by icons and drawings on an English page', () => {
    const shapes = [line(24, 24), line(20, 22), line(188, 30), line(63, 4)];
    const unsure = shapes.map(() => reading('Vv', 0.1));
    expect(needsChinese([...sentences, ...shapes], [...sure, ...unsure])).toBe(false);
  });

  it('is moved by lines that cannot be read', () => {
    const unread = sentences.slice(0, 5).map(() => reading('Eig nalAR', 0.2));
    expect(needsChinese(sentences, [...sure.slice(0, 15), ...unread])).toBe(true);
  });

  it('is false for no lines', () => {
    expect(needsChinese([], [])).toBe(false);
  });
});

describe('betterReadings', () => {
  it('takes Chinese for what English cannot read, and leaves Latin lines alone', () => {
    const english = [reading('Eig nalAR EX', 0.3), reading('Sign in', 0.98), reading('HK 12.5%', 0.7)];
    expect(doubtful(english)).toEqual([0, 2]);
    const chinese = new Map([
      [0, reading('上海市浦东新区', 0.9)],
      [2, reading('增长 12.5%', 0.8)],
    ]);
    expect(betterReadings(english, chinese).map(({ text }) => text)).toEqual([
      '上海市浦东新区',
      'Sign in',
      '增长 12.5%',
    ]);
  });

  it('does not put Chinese characters in place of an icon on an English page', () => {
    const english = [reading('Vv', 0.1), ...Array.from({ length: 10 }, () => reading('Notifications', 0.98))];
    const chinese = new Map([[0, reading('口', 0.7)]]);
    expect(betterReadings(english, chinese)[0]?.text).toBe('Vv');
  });
});
