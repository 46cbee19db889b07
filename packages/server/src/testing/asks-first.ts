/** Whether a page asks before it lets one send the form to this address. */
export function asksFirst(html: string, action: string): boolean {
  const parts = html.split('<ask-first').slice(1);
  return parts.some((part) => part.split('</ask-first>')[0]!.includes(`action="${action}"`));
}
