"""One character to one character: an offset in folded text is an offset in the text.

Folding unifies what writers mix up without meaning anything by it: full-width and half-width forms, the shapes of the
six-cornered bracket, the circle in 二○一七年, traditional characters. NFKC is never used: it changes lengths
(domain.md §2.6 e).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from policylib.model import Span

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SHAPES = str.maketrans(
    "﹝﹞［］｛｝＜＞○◯―–—－−﹣‐‑\u3000\u00a0\u2002\u2003\u2009\r\x0b\x0c\ufeff\u200b\u200c\u200d\u2060\u00ad",
    "〔〕[]{}<>〇〇--------              ",
)
HIDDEN: Final = (
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Characters without width, and marks of direction: no reader sees them, so they part nothing."""
# Traditional characters of official texts, each beside its simplified form.
_TRADITIONAL: Final = (
    "並并佈布來来個个們们備备傳传債债傷伤傾倾僅仅僑侨價价儀仪億亿儉俭償偿優优兒儿內内兩两凍冻則则劃划劑剂動动務务勝胜勞劳勢势勵励勸劝區区協协參参員员問问啓启啟启喪丧單单嚴严囯国國国圍围園园圓圆圖图"
    "團团執执堅坚報报場场塊块塵尘墻墙壓压壞坏壟垄壩坝壯壮壽寿夢梦夥伙奪夺奮奋婦妇媽妈孫孙學学宮宫實实寧宁審审寫写寬宽寶宝対对將将專专尋寻對对導导屆届屬属岡冈島岛峽峡崗岗嶄崭嶺岭師师帶带幣币幫帮幹干"
    "幾几庫库廁厕廟庙廠厂廢废廣广廳厅廻回張张強强彈弹後后徑径從从復复徵征徹彻応应恆恒恥耻悶闷惡恶惱恼愛爱態态慶庆憑凭憲宪應应懲惩懷怀懸悬戰战戲戏戶户戸户拋抛掃扫掛挂採采換换揮挥損损搶抢擁拥擇择擊击"
    "擔担據据擬拟擴扩擺摆攔拦攤摊敵敌數数斷断於于時时晉晋晝昼暫暂曆历書书會会東东條条棄弃棟栋業业極极楽乐構构槍枪樁桩樂乐樓楼標标樣样樹树橋桥機机檔档檢检欄栏權权欽钦歐欧歲岁歷历歸归殘残殺杀毀毁氣气"
    "氫氢決决沒没況况洩泄涼凉淺浅減减測测渾浑湯汤準准溝沟溫温滄沧滅灭滬沪滯滞滿满漁渔漢汉漲涨潔洁潛潜澆浇澗涧澤泽濃浓濕湿濟济濱滨瀏浏灑洒灣湾災灾為为無无煙烟熱热燈灯營营爐炉爭争爲为爾尔牆墙狀状狹狭"
    "獄狱獎奖獨独獲获獸兽獻献現现環环瓊琼產产産产畝亩畢毕畫画異异當当療疗癥症発发發发盜盗盡尽監监盤盘眾众睏困矯矫確确礎础礦矿禍祸禮礼稅税種种稱称穀谷積积穩稳窮穷競竞筆笔節节範范築筑簡简籌筹籤签粵粤"
    "糧粮糾纠紀纪約约紅红納纳紐纽純纯紙纸級级紛纷紡纺細细終终組组結结絕绝絡络給给統统綁绑經经綜综綠绿維维綱纲網网緊紧緒绪線线緣缘編编緩缓練练縣县縮缩縱纵總总績绩織织繪绘繫系繳缴續续纖纤罰罚罷罢羅罗"
    "義义習习聖圣聞闻聯联聲声職职聽听肅肃腦脑腳脚膚肤臨临臺台與与舉举舊旧艦舰莊庄華华蔣蒋蔭荫蕭萧薦荐藍蓝藝艺藥药蘇苏蘋苹蘭兰處处虛虚號号蟲虫術术衛卫衝冲衞卫補补裝装裡里製制複复襲袭規规覽览觀观訂订"
    "計计訊讯訓训記记訪访設设許许訴诉診诊註注証证評评詞词詢询試试話话該该詳详誌志認认語语誠诚誤误說说説说読读誰谁課课調调談谈請请論论諮咨謀谋謂谓謝谢證证識识譯译議议護护譽誉讀读變变讓让豐丰豬猪貝贝"
    "負负財财貢贡貧贫貨货貪贪貫贯責责貯贮貴贵買买貸贷費费貿贸賀贺賃赁資资賠赔賣卖質质賬账賴赖購购賽赛贈赠贊赞贛赣趙赵趨趋跡迹踐践蹤踪車车軌轨軍军軟软較较載载輔辅輕轻輛辆輪轮輯辑輸输轉转辦办辭辞農农"
    "這这連连進进運运遞递遠远適适遷迁選选遺遗還还邊边邏逻郵邮郷乡鄉乡鄰邻醫医釀酿釋释釐厘鉛铅銀银銅铜鋁铝鋅锌鋪铺鋼钢錄录錢钱錯错鍋锅鎖锁鎮镇鏈链鐘钟鐵铁長长門门閉闭開开間间関关閩闽闊阔關关闡阐陰阴"
    "陽阳隊队隨随險险隱隐隴陇雙双雜杂離离難难雲云電电靈灵靜静響响頁页頂顶項项順顺須须預预頒颁領领頭头頻频顆颗題题額额願愿類类顧顾顯显風风飛飞飯饭飲饮飾饰養养館馆餵喂馬马馳驰駐驻駕驾騎骑騙骗驅驱驗验"
    "遼辽鹽盐濰潍渦涡綿绵瀘泸廈厦萊莱棗枣鶴鹤婁娄賓宾達达麗丽嵐岚錫锡揚扬紹绍蕪芜錦锦撫抚絳绛匯汇瀋沈陝陕鄭郑諸诸榮荣薊蓟鄖郧荊荆灤滦盧卢崑昆嶧峄嶗崂膠胶鄒邹鄆郓鞏巩葉叶欒栾鳳凤墊垫奧奥賢贤閔闵楊杨閘闸"
    "鋒锋階阶餘余碼码陳陈陸陆隸隶雞鸡霧雾韓韩韋韦頌颂饒饶駿骏鳴鸣鵬鹏麥麦墾垦攝摄撥拨嶽岳敘叙楨桢漸渐澇涝濁浊濾滤瀝沥灘滩烏乌煉炼燒烧牽牵犧牺琿珲瑪玛甌瓯疇畴磚砖碩硕禦御簽签繞绕繼继纜缆羣群脅胁腫肿膽胆"
    "興兴綏绥蘆芦騰腾鷹鹰滎荥輝辉鄲郸鄴邺潯浔潑泼瀾澜瀟潇灝灏燭烛燦灿獅狮瑩莹璽玺癱瘫盞盏矚瞩碭砀礪砺禎祯禕祎穎颖窩窝竇窦篩筛簾帘籬篱紮扎綺绮緯纬縉缙繡绣纓缨罈坛膩腻臘腊艙舱蒼苍蓋盖蔔卜薩萨藹蔼蘊蕴蘿萝"
    "螢萤蠶蚕襯衬覺觉觸触訟讼詔诏誕诞諒谅諾诺謙谦譜谱豎竖贏赢贖赎躍跃軒轩轄辖轎轿轟轰逕径遙遥遜逊邁迈鄧邓酈郦醞酝鈞钧鈣钙鈺钰鉬钼銘铭銷销鋰锂鍵键鍾钟鏡镜鑒鉴鑑鉴閑闲閒闲閣阁閱阅闖闯隕陨雋隽霑沾韌韧韻韵"
    "頗颇頸颈顏颜顛颠飄飘飼饲餅饼驚惊驛驿鬧闹鬱郁鮮鲜鯨鲸鴨鸭鴻鸿鷗鸥鹼碱黌黉齡龄龔龚倉仓偉伟側侧偽伪傑杰僱雇儲储兇凶冊册劉刘勛勋勳勋匱匮卻却厲厉叢丛吳吴呂吕嘗尝嚮向囑嘱塗涂壺壶夾夹奐奂妝妆姍姗嬌娇尷尴"
    "屜屉嶸嵘崢峥巋岿巖岩幟帜廬庐弒弑彥彦悅悦愜惬慘惨慣惯慮虑慾欲憂忧懇恳挾挟捨舍掙挣揀拣搖摇摯挚撐撑撲扑擋挡擠挤攜携攪搅敗败斂敛曠旷曬晒朧胧桿杆梔栀棧栈楓枫榿桤槳桨檸柠櫃柜櫻樱欖榄殯殡毿毵汙污沖冲浹浃"
    "涇泾滌涤滲渗漵溆潰溃濘泞瀕濒瀧泷煥焕煩烦熾炽燁烨爍烁狽狈猙狰瑋玮瑤瑶璣玑璦瑷癡痴皺皱瞞瞒磯矶禿秃稟禀穌稣窯窑窺窥竊窃筧笕箋笺箏筝篋箧籃篮籠笼紋纹紳绅絲丝絞绞綢绸綴缀緞缎締缔緝缉縫缝纏缠翹翘聾聋脈脉"
    "脹胀腎肾膿脓臍脐芻刍莖茎莢荚萬万葦苇葷荤蒐搜蓮莲蕩荡薑姜薔蔷薺荠蘄蕲蠟蜡蠻蛮衆众褲裤襪袜覓觅訃讣訌讧訖讫訛讹訝讶訣诀訶诃詆诋詐诈詠咏詣诣詩诗詮诠詰诘誇夸誘诱誡诫誣诬誦诵誹诽諂谄諄谆諉诿諜谍諧谐諭谕"
    "諱讳諷讽諺谚謁谒謄誊謊谎謎谜謐谧謗谤謠谣謬谬謹谨譁哗譏讥譚谭譴谴讒谗讚赞貓猫貞贞貶贬貼贴賂赂賄贿賈贾賊贼賑赈賜赐賞赏賤贱賦赋賭赌贅赘贍赡贓赃贗赝趕赶踴踊蹟迹躡蹑輟辍輥辊輻辐輾辗轅辕轆辘轍辙轡辔迴回"
    "遶绕邇迩郟郏鄺邝醜丑醬酱釁衅釘钉釣钓釧钏鈍钝鈔钞鈴铃鉀钾鉉铉鉗钳鉤钩銬铐鋤锄錘锤錠锭鍛锻鎂镁鎊镑鎔熔鎢钨鎬镐鏟铲鐐镣鐲镯鑄铸鑰钥鑼锣鑽钻鑿凿閃闪閏闰閥阀閨闺閻阎闆板闕阙闢辟陘陉雛雏靂雳靄霭靚靓靨靥"
    "鞦秋韁缰韃鞑韜韬韮韭頃顷頇顸頑顽頓顿頡颉頤颐頰颊頹颓顥颢顫颤颯飒颱台颳刮颶飓飴饴餃饺餉饷餌饵餓饿餚肴餛馄餞饯餡馅饅馒饉馑饋馈饌馔饑饥饞馋馭驭馮冯駁驳駝驼駱骆駭骇騖骛騷骚驀蓦驃骠驊骅驕骄髏髅髒脏髮发"
    "鬆松鬚须鬢鬓鬨哄魎魉魷鱿鮑鲍鯉鲤鰲鳌鱉鳖鱗鳞鱷鳄鳩鸠鳶鸢鴉鸦鴕鸵鴛鸳鴦鸯鵑鹃鵝鹅鵡鹉鵲鹊鶯莺鷺鹭鸚鹦鸛鹳鸞鸾鹵卤鹹咸麩麸麪面麵面黴霉黷黩黽黾鼕冬齋斋齣出齦龈齪龊"
    "驟骤體体鬥斗魚鱼魯鲁鳥鸟黃黄點点黨党齊齐齒齿龍龙龐庞龜龟"
)
_SIMPLER = str.maketrans(_TRADITIONAL[0::2], _TRADITIONAL[1::2])
_FOLD: Final = {**_WIDE, **_SIMPLER, **_SHAPES, **dict.fromkeys(map(ord, HIDDEN), ord(" "))}
_HIDDEN = re.compile(f"[{HIDDEN}]")
_GLOSS = re.compile(r"[(（][a-zà-ÿāēīōūǎěǐǒǔǖǘǚǜɡ]{1,7}[)）]")


_WIDESPREAD = "，：；（）！？—\u3000"  # in nearly every text
_COMMON = tuple(zip(_WIDESPREAD, ",:;()!?- ", strict=True))
_RARE = re.compile(f"[{re.escape(''.join(map(chr, _FOLD.keys() - set(map(ord, _WIDESPREAD)))))}]")


_FEW: Final = 8  # different characters, each of which a pass over the text replaces


def fold(text: str) -> str:
    """`text` with variant characters unified, same length: ﹝２０１７﹞ -> 〔2017〕, 發 -> 发."""
    rare = set(_RARE.findall(text))
    if len(text) < 10 or len(rare) > _FEW:
        return text.translate(_FOLD)
    for variant in rare:  # a few passes are four times as fast as translate, which looks every character up
        text = text.replace(variant, chr(_FOLD[ord(variant)]))
    for wide, narrow in _COMMON:
        text = text.replace(wide, narrow)
    return text


_SEPARATORS: Final = " \t\n《》〈〉<>＜＞「」『』“”‘’\"'()（）[]〔〕【】﹝﹞,，、。.:：;；-—–－·|｜_"


@cache
def _unlike() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The characters that are nothing where titles are compared, be it folded, and those that are others then."""
    nothing = {*_SEPARATORS, *(chr(code) for code, shape in _FOLD.items() if chr(shape) in _SEPARATORS)}
    others = set(map(chr, _FOLD)) - nothing
    return re.compile(f"[{re.escape(''.join(nothing))}]+"), re.compile(f"[{re.escape(''.join(others))}]")


@lru_cache(maxsize=1 << 14)  # linking asks it of each title some thirty times
def title_key(title: str) -> str:
    """The form under which titles are compared: folded, without spaces, marks and brackets. Only for comparing."""
    return text_key(title)


def text_key(text: str) -> str:
    """The same of a page or a paragraph in which a title is looked for: thousands of those are not kept in memory."""
    nothing, others = _unlike()  # two searches take half as long as translate, which looks every character up
    bare = nothing.sub("", text)
    return bare.translate(_FOLD) if others.search(bare) else bare


def abbreviates(short: str, long: str) -> bool:
    """Whether the characters of a name stand in another in their order: 项目办法 in 科技计划项目管理办法, 科技局 in
    科学技术局."""
    rest = iter(long)
    return all(character in rest for character in short)


def without_glosses(text: str, traditional: bool) -> tuple[str, tuple[int, ...]] | None:
    """`text` without the pronunciation glosses that mirror pages put behind characters, 發(fā)〔2017〕, and for each
    character left its offset in `text`; None when there are none.

    Only mirror pages have glosses, and have them all over: a text that is not `traditional` (has no 號) and has none at
    its head has none at all.
    """
    if not traditional and not _begins_glossed(text):
        return None
    glosses = [match.span() for match in _GLOSS.finditer(text)]
    if not any(not text[start:end].translate(_FOLD).isascii() for start, end in glosses):
        return None
    kept: list[int] = []
    position = 0
    for start, end in glosses:
        kept.extend(range(position, start))
        position = end
    kept.extend(range(position, len(text)))
    return "".join(map(text.__getitem__, kept)), (*kept, len(text))


def without_hidden(text: str) -> tuple[str, tuple[int, ...]] | None:
    """`text` without what has no width, and for each character left its offset in `text`; None when there is none."""
    if not _HIDDEN.search(text):
        return None
    kept = [place for place, character in enumerate(text) if character not in HIDDEN]
    return "".join(map(text.__getitem__, kept)), (*kept, len(text))


def _begins_glossed(text: str) -> bool:
    """Whether a gloss stands among the first characters. Looks at brackets only: this is asked of every text."""
    head = text[:300]
    for bracket in "(（":
        place = head.find(bracket) if bracket in head else -1
        while place >= 0:
            if _GLOSS.match(text, place):
                return True
            place = head.find(bracket, place + 1)
    return False


def restore(span: Span, origins: tuple[int, ...]) -> Span:
    """The span in the text that `without_glosses` or `without_hidden` started from."""
    start = origins[span.start]
    return Span(start, origins[span.end - 1] + 1 if span.end > span.start else start)
