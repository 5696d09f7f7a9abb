/** Words that greet, ask or join in other languages, and are no English words. */
const FOREIGN = new Set(
  `bonjour bonsoir salut merci beaucoup quand qui est mon mes votre notre comment pourquoi ou je suis
  nous avons prochaine prochain ecole quel quelle sil vous plait
  guten tag morgen hallo danke schon bitte wer ist meine mein wann wo wie ich bin wir haben nachste
  schule ansprechpartnerin
  hola buenos buenas dias tardes gracias quien cual cuando donde como mi proxima proximo escuela esta
  necesito por favor
  ciao buongiorno grazie chi mio mia quando dove scuola prossima prossimo sono
  ola obrigado obrigada bom quem minha meu onde qual escola
  czesc dzien dobry dziekuje kto jest moim moj moja kiedy gdzie nastepna nastepny jak prosze szkola
  buna ziua multumesc cine este meu mea cand unde scoala
  merhaba tesekkurler kim ne zaman nerede okul
  namaste salaam salam assalamu alaikum alaykum shukran sat sri akal kaise kya hai
  bore shwmae diolch pryd ble mae ysgol
  hej tak hvem hvornar tack vem nar labas aciu kas kada`.split(/\s+/),
);
/** One of these is enough. */
const GREETINGS = new Set(
  `bonjour bonsoir salut merci guten hallo danke hola gracias buenos buenas ciao buongiorno grazie ola
  obrigado obrigada czesc dzien dziekuje merhaba tesekkurler namaste salaam salam assalamu shukran
  shwmae diolch multumesc`.split(/\s+/),
);

/** Whether a message is in letters that are not Latin, or in words that are not English. */
export function isOtherLanguage(words: string): boolean {
  if (!/^[a-z0-9 &/-]*$/.test(words) && isInOtherLetters(words)) return true;
  const all = words.split(' ');
  const known = all.filter((word) => FOREIGN.has(word)).length;
  if (known >= 2 && known * 3 >= all.length) return true;
  return GREETINGS.has(all[0] ?? '') && all.length - known <= 3 && known * 3 >= all.length;
}

function isInOtherLetters(words: string): boolean {
  const letters = words.replace(/\P{L}/gu, '');
  const foreign = letters.replace(/\p{Script=Latin}/gu, '');
  return letters.length > 0 && foreign.length * 2 > letters.length;
}
